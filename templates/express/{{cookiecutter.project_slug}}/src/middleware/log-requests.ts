import { randomUUID } from "node:crypto";

import type { RequestHandler } from "express";
import type { Logger } from "pino";
import { pinoHttp } from "pino-http";

const probes = new Set(["/healthz", "/readyz"]);

/** One line for each answer, and an id that ties it to what the client received. */
export function logRequests(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    genReqId: (_req, res) => {
      const id = randomUUID();
      res.setHeader("X-Request-Id", id);
      return id;
    },
    autoLogging: { ignore: (req) => probes.has(req.url) },
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? "error" : "info"),
    // Headers stay out of the log: they carry cookies and credentials.
    serializers: {
      req: ({ id, method, url }: Record<string, unknown>) => ({
        id,
        method,
        url,
      }),
      res: ({ statusCode }: Record<string, unknown>) => ({
        status: statusCode,
      }),
    },
  });
}
