import type { ServerResponse } from "node:http";

/** Open pages, each with a stream of server-sent events. It knows those of this process only. */
export class Live {
  readonly #streams = new Set<ServerResponse>();
  /** A comment now and then: proxies close what is silent. */
  readonly #beat = setInterval(() => this.#send(":\n\n"), 15_000).unref();

  add(res: ServerResponse) {
    res.writeHead(200, {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-store",
      "X-Accel-Buffering": "no",
    });
    res.flushHeaders();
    this.#streams.add(res);
    res.once("close", () => this.#streams.delete(res));
  }

  publish(action: "created" | "changed" | "removed", id: string) {
    this.#send(`event: change\ndata: ${JSON.stringify({ action, id })}\n\n`);
  }

  /** The browsers connect again, to a process that goes on. */
  close() {
    clearInterval(this.#beat);
    for (const res of this.#streams) res.end();
    this.#streams.clear(); // requests under way go on publishing
  }

  #send(text: string) {
    for (const res of this.#streams) {
      res.write(text);
      // Whoever does not read what is sent must not fill our memory.
      if (res.writableLength > 65_536) res.destroy();
    }
  }
}
