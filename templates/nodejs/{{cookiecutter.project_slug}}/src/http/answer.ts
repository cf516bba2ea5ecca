import { STATUS_CODES, type ServerResponse } from "node:http";

/** Thrown for an answer of 400 and more; `cause` is for the log, the others are for the client. */
export class HttpError extends Error {
  readonly status: number;
  readonly details: {
    detail?: string;
    errors?: Record<string, string[]>;
    headers?: Record<string, string>;
    cause?: unknown;
  };

  constructor(status: number, details: HttpError["details"] = {}) {
    super(STATUS_CODES[status]);
    this.status = status;
    this.details = details;
  }
}

export function sendJson(
  res: ServerResponse,
  status: number,
  value: unknown,
  type = "application/json",
) {
  res.statusCode = status;
  res.setHeader("Content-Type", type);
  res.end(JSON.stringify(value));
}

/** Answers with an error as RFC 9457 describes it. What is no HttpError stays a secret. */
export function sendProblem(res: ServerResponse, error: unknown) {
  const known = error instanceof HttpError ? error : new HttpError(500);
  const { status, message: title } = known;
  const { detail, errors, headers } = known.details;
  res.setHeaders(new Headers(headers));
  const problem = { type: "about:blank", title, status, detail, errors };
  sendJson(res, status, problem, "application/problem+json");
}
