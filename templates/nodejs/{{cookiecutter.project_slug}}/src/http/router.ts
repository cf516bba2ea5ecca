import type { IncomingMessage, ServerResponse } from "node:http";

import { HttpError } from "./problem.ts";

export interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
  url: URL;
  params: Record<string, string | undefined>;
}

export type Handler = (exchange: Exchange) => void | Promise<void>;

interface Route {
  pattern: URLPattern;
  handlers: Record<string, Handler>;
}

/** A table of paths and methods, and a handler for what is in none of its rows. */
export class Router {
  readonly #routes: Route[] = [];
  readonly #fallback: Handler;

  constructor(fallback: Handler) {
    this.#fallback = fallback;
  }

  /** `add("/api/tasks/:id", { GET: …, DELETE: … })`; HEAD is answered by GET. */
  add(pathname: string, handlers: Record<string, Handler>): void {
    this.#routes.push({ pattern: new URLPattern({ pathname }), handlers });
  }

  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = req.url ?? "";
    const url = path.startsWith("/") && URL.parse(`http://localhost${path}`);
    if (!url) throw new HttpError(400);
    const { pathname } = url;
    for (const { pattern, handlers } of this.#routes) {
      const match = pattern.exec({ pathname });
      if (!match) continue;
      const method = req.method === "HEAD" ? "GET" : (req.method ?? "");
      const handler = Object.hasOwn(handlers, method) && handlers[method];
      if (!handler) {
        res.setHeader("Allow", allowed(handlers));
        throw new HttpError(405);
      }
      await handler({ req, res, url, params: match.pathname.groups });
      return;
    }
    await this.#fallback({ req, res, url, params: {} });
  }
}

function allowed(handlers: Record<string, Handler>): string {
  return Object.keys(handlers)
    .flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]))
    .join(", ");
}
