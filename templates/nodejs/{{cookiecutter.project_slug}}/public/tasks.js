import { live } from "./live.js";

const section = document.querySelector("#tasks");
const heading = document.createElement("h2");
const list = document.createElement("ul");
const form = document.createElement("form");
const label = document.createElement("label");
const input = document.createElement("input");
const button = document.createElement("button");

heading.textContent = "Tasks";
label.textContent = "Title ";
button.textContent = "Add";
input.required = true;
input.maxLength = 200;
label.append(input);
form.append(label, button);
section.append(heading, list, form);

async function send(method, path, body) {
  await fetch(path, {
    method,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

function show(task) {
  const item = document.createElement("li");
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = task.done;
  box.addEventListener("change", () =>
    send("PATCH", `/api/tasks/${task.id}`, { done: box.checked }),
  );
  label.append(box, ` ${task.title}`);
  item.append(label);
  return item;
}

async function load() {
  const response = await fetch("/api/tasks?limit=100");
  const { data } = await response.json();
  list.replaceChildren(...data.map(show));
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await send("POST", "/api/tasks", { title: input.value });
  form.reset();
});

live.addEventListener("change", load);
// After connecting again, too: something may have changed in between.
live.addEventListener("welcome", load);
await load();
