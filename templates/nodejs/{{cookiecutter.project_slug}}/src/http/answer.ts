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

export function send(
  res: ServerResponse,
  status: number,
  type: string,
  content: string | Buffer,
) {
  res.statusCode = status;
  res.setHeader("Content-Type", type);
  res.end(content);
}

export function sendJson(res: ServerResponse, status: number, value: unknown) {
  send(res, status, "application/json", JSON.stringify(value));
}

/** Answers with an error as RFC 9457 describes it. What is no HttpError stays a secret. */
export function sendProblem(res: ServerResponse, error: unknown) {
  const known = error instanceof HttpError ? error : new HttpError(500);
  const { status, message: title } = known;
  const { detail, errors, headers } = known.details;
  const problem = { type: "about:blank", title, status, detail, errors };
  res.setHeaders(new Headers(headers));
  send(res, status, "application/problem+json", JSON.stringify(problem));
}
