// Shows what others change, without a reload: fetches the page and takes its list.
new EventSource("/tasks/events").addEventListener("message", async () => {
  const response = await fetch("/tasks");
  if (response.ok) {
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    document.getElementById("tasks").replaceWith(page.getElementById("tasks"));
  }
});
