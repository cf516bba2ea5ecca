import type { IncomingMessage, ServerResponse } from "node:http";

import { context } from "../logger.ts";
import type { Token } from "../tokens.ts";
import { HttpError } from "./answer.ts";

export interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
  url: URL;
  /** Below /api/: who asks. */
  token: Token | undefined;
  params: Record<string, string | undefined>;
}

export type Handlers = Record<string, (exchange: Exchange) => unknown>;

/** A table of paths and methods. */
export class Router {
  readonly routes = new Map<string, Handlers>();
  readonly #patterns: URLPattern[] = [];

  /** `add("/api/books/:id", { GET: …, DELETE: … })`, a path as URLPattern knows it; HEAD is answered by GET. */
  add(pathname: string, handlers: Handlers) {
    this.routes.set(pathname, handlers);
    if (pathname.includes(":"))
      this.#patterns.push(new URLPattern({ pathname }));
  }

  async handle(exchange: Omit<Exchange, "params">) {
    const { pathname } = exchange.url;
    let route = pathname;
    let params = {};
    // A path without parameters is its own route; looking it up is much faster than matching.
    if (!this.routes.has(pathname))
      for (const pattern of this.#patterns) {
        const match = pattern.exec({ pathname });
        if (match) [route, params] = [pattern.pathname, match.pathname.groups];
      }
    const handlers = this.routes.get(route);
    if (!handlers) throw new HttpError(404);
    Object.assign(context.getStore() ?? {}, { route });

    const { method = "" } = exchange.req;
    const name = method === "HEAD" ? "GET" : method;
    const handler = Object.hasOwn(handlers, name) && handlers[name];
    if (!handler) {
      const Allow = Object.keys(handlers).join(", ");
      const headers = { Allow: Allow.replace("GET", "GET, HEAD") };
      throw new HttpError(405, { headers });
    }
    await handler({ ...exchange, params });
  }
}
