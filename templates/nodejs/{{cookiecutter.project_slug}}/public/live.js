const MAX_WAIT_MS = 10_000;

/** Everything the server sends, as events named by its type; the connection is made again when it breaks. */
export const live = new EventTarget();

let socket;
let wait = 500;

function connect() {
  socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/live`);
  socket.addEventListener("open", () => {
    wait = 500;
  });
  socket.addEventListener("message", ({ data }) => {
    const detail = JSON.parse(data);
    live.dispatchEvent(new CustomEvent(detail.type, { detail }));
  });
  socket.addEventListener("close", () => {
    setTimeout(connect, wait);
    wait = Math.min(wait * 2, MAX_WAIT_MS);
  });
}

export function say(text) {
  if (socket.readyState === WebSocket.OPEN)
    socket.send(JSON.stringify({ text }));
}

connect();
