import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

import { WebSocket, WebSocketServer } from "ws";

import type { Events } from "../events.ts";
import type { Sessions } from "../session.ts";
import { parseMessage } from "./message.ts";

/** A client that does not answer within this time is gone. */
const HEARTBEAT_MS = 30_000;

/** A client that has this much unread is too slow to wait for. */
const BACKLOG_BYTES = 1_000_000;

/** Everyone who has the page open: says what one writes to all, and what changed in the data. */
export class Hub {
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: 10_000,
  });
  readonly #alive = new WeakSet<WebSocket>();
  readonly #sessions: Sessions;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(sessions: Sessions, events: Events) {
    this.#sessions = sessions;
    this.#heartbeat = setInterval(() => {
      this.#dropTheDead();
    }, HEARTBEAT_MS);
    events.on("change", (change) => {
      this.#broadcast({ type: "change", ...change });
    });
  }

  /** Whether a request wants a connection; other offers to change the protocol are ignored. */
  wants({ url }: IncomingMessage): boolean {
    return url === "/live";
  }

  /** Turns a request into a connection when it comes from a page of this site. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Node.js no longer listens to this socket; unheard, a broken connection would end the process.
    socket.on("error", () => undefined);
    const visitor = this.#sessions.read(req);
    if (!sameOrigin(req) || visitor === undefined) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      return;
    }
    this.#server.handleUpgrade(req, socket, head, (client) => {
      this.#welcome(client, `guest-${visitor.slice(0, 4)}`);
    });
  }

  /** Says goodbye, and does not wait long for the answers. */
  close(): void {
    clearInterval(this.#heartbeat);
    for (const client of this.#server.clients) {
      client.close(1001, "the server stops");
      setTimeout(() => {
        client.terminate();
      }, 1_000).unref();
    }
  }

  #welcome(client: WebSocket, name: string): void {
    this.#alive.add(client);
    client.on("pong", () => this.#alive.add(client));
    // ws closes the connection by itself after an error; unheard, the event would end the process.
    client.on("error", () => undefined);
    client.on("close", () => {
      this.#announce();
    });
    client.on("message", (data) => {
      // ws hands out a Buffer unless told otherwise.
      const text = parseMessage((data as Buffer).toString());
      if (text !== undefined) this.#broadcast({ type: "said", name, text });
    });
    client.send(JSON.stringify({ type: "welcome", name }));
    this.#announce();
  }

  #announce(): void {
    this.#broadcast({ type: "present", count: this.#server.clients.size });
  }

  #broadcast(message: object): void {
    const text = JSON.stringify(message);
    for (const client of this.#server.clients) {
      if (client.readyState !== WebSocket.OPEN) continue;
      if (client.bufferedAmount > BACKLOG_BYTES) client.terminate();
      else client.send(text);
    }
  }

  #dropTheDead(): void {
    for (const client of this.#server.clients) {
      if (!this.#alive.delete(client)) client.terminate();
      else client.ping();
    }
  }
}

/** Browsers send the page's origin along; programs send none and have no one else's cookie. */
function sameOrigin({ headers }: IncomingMessage): boolean {
  if (headers.origin === undefined) return true;
  return URL.parse(headers.origin)?.host === headers.host;
}
