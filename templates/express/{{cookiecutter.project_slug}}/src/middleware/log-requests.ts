import { randomUUID } from "node:crypto";

import type { Request, RequestHandler, Response } from "express";
import { pino, type DestinationStream, type Logger } from "pino";
import { pinoHttp } from "pino-http";

const PROBES = new Set(["/healthz", "/readyz"]);
const REQUEST_ID = /^[\w-]{1,128}$/;

export function createLogger(level: string, stream?: DestinationStream) {
  // PostgreSQL quotes the row that it refuses.
  return pino({ level, redact: ["err.detail"] }, stream);
}

/** One line for each answer, and an id that ties it to what the client received. */
export function logRequests(logger: Logger): RequestHandler {
  return pinoHttp<Request, Response>({
    logger,
    genReqId: (req, res) => {
      const given = req.get("X-Request-ID") ?? "";
      const id = REQUEST_ID.test(given) ? given : randomUUID();
      res.set("X-Request-ID", id);
      return id;
    },
    customLogLevel: (req, res) => {
      if (PROBES.has(req.path) && !res.err) return "debug";
      return res.statusCode >= 500 ? "error" : "info";
    },
    // Headers, query and body stay out: they carry tokens, and what people wrote.
    quietReqLogger: true,
    quietResLogger: true,
    customSuccessObject: summary,
    customErrorObject: (req, res, _error, more: More) =>
      summary(req, res, more),
  });
}

interface More {
  responseTime: number;
  err?: Error;
}

function summary(req: Request, res: Response, { responseTime, err }: More) {
  return {
    method: req.method,
    path: req.originalUrl.split("?", 1)[0],
    route: (req.route as { path: string } | undefined)?.path,
    status: res.statusCode,
    responseTime,
    err,
  };
}
