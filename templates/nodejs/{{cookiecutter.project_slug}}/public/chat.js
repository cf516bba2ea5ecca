import { live, say } from "./live.js";

const form = document.querySelector("#say");
const list = document.querySelector("#chat");
const present = document.querySelector("#present");

live.addEventListener("said", ({ detail }) => {
  const item = document.createElement("li");
  // textContent, never innerHTML: what people write stays text.
  item.textContent = `${detail.name}: ${detail.text}`;
  list.append(item);
});

live.addEventListener("present", ({ detail }) => {
  present.textContent = `${detail.count} open now`;
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  say(form.elements.text.value);
  form.reset();
});
