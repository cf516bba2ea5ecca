import { STATUS_CODES, type ServerResponse } from "node:http";

interface Details {
  /** For the client, as are the errors, each under the name of its field. */
  detail?: string;
  errors?: Record<string, string[]>;
  headers?: Record<string, string>;
  /** For the log. */
  cause?: unknown;
}

/** Thrown for an answer of 400 and more. */
export class HttpError extends Error {
  readonly status: number;
  readonly details: Details;

  constructor(status: number, details: Details = {}) {
    super(STATUS_CODES[status], { cause: details.cause });
    this.status = status;
    this.details = details;
  }
}

export function send(
  res: ServerResponse,
  status: number,
  type: string,
  text: string,
): void {
  res.statusCode = status;
  res.setHeader("Content-Type", type);
  res.end(text);
}

export function sendJson(
  res: ServerResponse,
  status: number,
  value: unknown,
): void {
  send(res, status, "application/json", JSON.stringify(value));
}

/** Answers with an error as RFC 9457 describes it. What is no HttpError stays a secret. */
export function sendProblem(res: ServerResponse, error: unknown): void {
  const { status, message, details } =
    error instanceof HttpError ? error : new HttpError(500);
  const { detail, errors, headers } = details;
  res.setHeaders(new Headers(headers));
  send(
    res,
    status,
    "application/problem+json",
    JSON.stringify({
      type: "about:blank",
      title: message,
      status,
      detail,
      errors,
    }),
  );
}
