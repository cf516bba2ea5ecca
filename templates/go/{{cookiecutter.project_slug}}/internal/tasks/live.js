// Shows what others change, without a reload: the server renders the list, this puts it into the page.
const list = document.getElementById("tasks");
new EventSource("/tasks/events").addEventListener("message", async () => {
  const response = await fetch("/tasks/list");
  if (response.ok) {
    list.innerHTML = await response.text();
  }
});
