// After connecting again, too: something may have changed in between.
const live = new EventSource("/tasks/live");
live.addEventListener("open", load);
live.addEventListener("change", load);

async function load() {
  const response = await fetch("/tasks");
  const text = await response.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const list = page.querySelector("#tasks");
  if (list) document.querySelector("#tasks").replaceWith(list);
}
