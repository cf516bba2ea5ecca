import { STATUS_CODES, type ServerResponse } from "node:http";

export type FieldErrors = Record<string, string[]>;

/** An error whose message is meant for the client. */
export class HttpError extends Error {
  readonly status: number;
  readonly errors: FieldErrors | undefined;

  constructor(status: number, detail?: string, errors?: FieldErrors) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }
}

/** Answers with an error as RFC 9457 describes it. What is no HttpError stays a secret. */
export function sendProblem(res: ServerResponse, error: unknown): void {
  const { status, message, errors } =
    error instanceof HttpError ? error : new HttpError(500);
  const problem = {
    type: "about:blank",
    title: STATUS_CODES[status] ?? "Error",
    status,
    ...(message && { detail: message }),
    ...(errors && { errors }),
  };
  res.writeHead(status, { "Content-Type": "application/problem+json" });
  res.end(JSON.stringify(problem));
}
