import { randomUUID } from "node:crypto";
import { once } from "node:events";
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { join } from "node:path";

import type { Config } from "./config.ts";
import type { Database } from "./database.ts";
import { Events } from "./events.ts";
import { addHealth } from "./health.ts";
import { sendFile } from "./http/files.ts";
import { securityHeaders } from "./http/headers.ts";
import { HttpError, sendProblem } from "./http/problem.ts";
import { Router } from "./http/router.ts";
import { requestId, type Logger } from "./logger.ts";
import { Hub } from "./realtime/hub.ts";
import { Sessions } from "./session.ts";
import { addTasks } from "./tasks/routes.ts";

const PUBLIC = join(import.meta.dirname, "../public");

/** How long requests under way may take after a signal to stop. */
const GRACE_MS = 5_000;

interface Dependencies {
  config: Config;
  database: Database;
  logger: Logger;
  /** The folder of files that everyone may read. */
  folder?: string;
}

/** The server without a port, so that a test can start as many as it likes. */
export function createServer({
  config,
  database,
  logger,
  folder = PUBLIC,
}: Dependencies) {
  const events = new Events();
  const sessions = new Sessions(config);
  const hub = new Hub(sessions, events);
  const router = new Router((exchange) => {
    if (!["GET", "HEAD"].includes(exchange.req.method ?? ""))
      throw new HttpError(404);
    return sendFile(exchange, folder, exchange.url.pathname);
  });

  router.add("/", {
    GET: (exchange) => {
      sessions.ensure(exchange.req, exchange.res);
      return sendFile(exchange, folder, "/index.html");
    },
  });
  addHealth(router, database, logger);
  addTasks(router, database, events);

  // A second listener beside the hub: one event, any number of consequences.
  events.on("change", (change) => {
    logger.info("change", { ...change });
  });

  const headers = securityHeaders(config);
  const server = createHttpServer(
    {
      // A client that sends its request slowly is cut off.
      headersTimeout: 15_000,
      requestTimeout: 30_000,
      shouldUpgradeCallback: (req) => hub.wants(req),
    },
    (req, res) => {
      const id = randomUUID();
      // While stopping, a connection ends with its last answer instead of waiting for another request.
      res.once("finish", () => {
        if (!server.listening) req.socket.end();
      });
      res.setHeaders(new Headers({ ...headers, "X-Request-Id": id }));
      void requestId.run(id, answer, router, logger, req, res);
    },
  );
  server.on("upgrade", (req: IncomingMessage, socket, head: Buffer) => {
    hub.upgrade(req, socket, head);
  });

  /** Takes no more requests, lets those under way finish, and says goodbye to live connections. */
  const stop = async () => {
    hub.close();
    const closed = once(server, "close");
    server.close();
    setTimeout(() => {
      server.closeAllConnections();
    }, GRACE_MS).unref();
    await closed;
  };

  return { server, stop };
}

async function answer(
  router: Router,
  logger: Logger,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const start = performance.now();
  try {
    await router.handle(req, res);
  } catch (error) {
    if (!(error instanceof HttpError) && !res.destroyed)
      logger.error("request failed", error);
    if (res.headersSent) res.destroy();
    else sendProblem(res, error);
  }
  if (req.url === "/healthz" || req.url === "/readyz") return;
  logger.info("request", {
    method: req.method,
    url: req.url,
    status: res.statusCode,
    ms: Math.round(performance.now() - start),
  });
}
