import { randomUUID } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import type { Config } from "./config.ts";
import type { Database } from "./database.ts";
import { HttpError, sendJson, sendProblem } from "./http/answer.ts";
import { addFiles } from "./http/files.ts";
import { answerCors, securityHeaders } from "./http/headers.ts";
import { Router } from "./http/router.ts";
import { context, type Logger } from "./logger.ts";
{% if cookiecutter.example %}
import { addTasks } from "./tasks/routes.ts";
{% endif %}
import { authorize } from "./tokens.ts";

const PROBES = ["/healthz", "/readyz"];

/** The server without a port, so that a test can start as many as it likes. */
export function createServer(config: Config, db: Database, log: Logger) {
  const { allowedHosts } = config;
  if (config.production && allowedHosts.length === 0)
    throw new Error("ALLOWED_HOSTS: production needs its own names");

  let draining = false;
  const router = new Router();
  addFiles(router);
{% if cookiecutter.example %}
  const live = addTasks(router, db);
{% endif %}
  router.add("/api/me", { GET: ({ res, token }) => sendJson(res, 200, token) });
  router.add("/healthz", { GET: ({ res }) => sendJson(res, 200, {}) });
  router.add("/readyz", {
    GET: async ({ res }) => {
      if (draining) throw new HttpError(503);
      await db.query`select 1`.catch((cause: unknown) => {
        throw new HttpError(503, { cause });
      });
      sendJson(res, 200, {});
    },
  });

  const headers = securityHeaders(config);
  const server = http.createServer(
    {
      // A client that sends its request slowly is cut off.
      headersTimeout: 15_000,
      requestTimeout: 25_000,
      connectionsCheckingInterval: 1_000,
      // Longer than a proxy keeps its connections: never closed just when it sends.
      keepAliveTimeout: 65_000,
    },
    (req, res) => {
      const given = String(req.headers["x-request-id"] ?? "");
      const id = /^[\w-]{1,128}$/.test(given) ? given : randomUUID();
      res.setHeaders(headers);
      res.setHeader("X-Request-ID", id);
      if (draining) res.setHeader("Connection", "close");
      void context.run({ id }, answer, req, res);
    },
  );

  async function answer(req: http.IncomingMessage, res: http.ServerResponse) {
    const start = performance.now();
    const [path = ""] = (req.url ?? "").split("?");
    let failure: unknown;
    try {
      await route(req, res);
    } catch (error) {
      // A client that leaves while it sends is no failure of ours.
      if (error instanceof HttpError) failure = error.details.cause;
      else if (error !== req.errored) failure = error;
      if (res.headersSent) res.destroy();
      else if (!res.destroyed) sendProblem(res, error);
    }
    if (!res.closed) await once(res, "close");
    const level = PROBES.includes(path) ? "debug" : "info";
    log(failure ? "error" : level, "request", {
      method: req.method,
      path,
      route: context.getStore()?.route,
      status: res.headersSent ? res.statusCode : undefined,
      ms: Math.round(performance.now() - start),
      error: failure instanceof Error ? failure.stack : failure,
    });
  }

  async function route(req: http.IncomingMessage, res: http.ServerResponse) {
    const url = URL.parse(req.url ?? "", "http://localhost");
    if (url?.host !== "localhost") throw new HttpError(400);
    const name = URL.parse(`http://${req.headers.host ?? ""}`)?.hostname ?? "";
    const known = allowedHosts.length === 0 || allowedHosts.includes(name);
    if (!known && !PROBES.includes(url.pathname)) throw new HttpError(421);
    let token;
    if (url.pathname.startsWith("/api/")) {
      res.setHeader("Cache-Control", "no-store");
      if (answerCors(req, res, config)) return;
      token = await authorize(db, req, "Bearer");
    }
    await router.handle({ req, res, url, token });
  }

  /** Says so to the balancer, serves until it has looked elsewhere, then lets requests under way finish. */
  async function stop() {
    log("info", "stopping");
    draining = true;
    server.keepAliveTimeout = 1_000;
    await sleep(config.drainSeconds * 1_000);
{% if cookiecutter.example %}
    live.close();
{% endif %}
    // Whatever still runs in six seconds is cut off.
    setTimeout(() => server.closeAllConnections(), 6_000).unref();
    await server[Symbol.asyncDispose]();
  }

  return { server, router, stop };
}
