import { randomUUID } from "node:crypto";

import type { IRoute, Request, Response } from "express";
import { pino } from "pino";
import { pinoHttp } from "pino-http";

export function createLogger(level: string, stream?: pino.DestinationStream) {
  // PostgreSQL quotes the row that it refuses.
  return pino({ level, redact: ["err.detail"] }, stream);
}

/** One line for each answer, and an id that ties it to what the client received. */
export function logRequests(logger: pino.Logger) {
  return pinoHttp<Request, Response>({
    logger,
    genReqId: (req, res) => {
      const given = req.get("X-Request-ID") ?? "";
      const id = /^[\w-]{1,128}$/.test(given) ? given : randomUUID();
      res.set("X-Request-ID", id);
      return id;
    },
    customLogLevel: (req, res) => {
      if (["/healthz", "/readyz"].includes(req.path) && !res.err)
        return "debug";
      return res.statusCode >= 500 ? "error" : "info";
    },
    // Headers, query and body stay out: they carry tokens, and what people wrote.
    serializers: {
      req: ({ id, method, url }: pino.SerializedRequest) => {
        return { id, method, path: url.split("?", 1)[0] };
      },
      res: ({ statusCode, raw }: pino.SerializedResponse) => {
        const { route } = (raw as Response).req as { route?: IRoute };
        return { statusCode, route: route?.path };
      },
    },
  });
}
