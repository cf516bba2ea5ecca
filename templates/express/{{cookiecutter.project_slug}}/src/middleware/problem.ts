import { STATUS_CODES } from "node:http";

import type { ErrorRequestHandler, RequestHandler } from "express";
import { flattenError, ZodError } from "zod";

/** An error whose message is meant for the client. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, detail?: string, options?: ErrorOptions) {
    super(detail, options);
    this.status = status;
  }
}

/** The answer to an error, as RFC 9457 describes it. */
interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  errors?: Record<string, string[]>;
}

export const notFound: RequestHandler = () => {
  throw new HttpError(404);
};

/** Ends a route: `router.route(path).get(…).all(methodNotAllowed("GET"))`. */
export function methodNotAllowed(...allowed: string[]): RequestHandler {
  return (_req, res) => {
    res.set("Allow", allowed.join(", "));
    throw new HttpError(405);
  };
}

/** Express knows an error handler by its four parameters. */
export const handleError: ErrorRequestHandler = (error, req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  const problem = toProblem(error);
  // The log gets the whole error, the client only what toProblem lets through.
  if (problem.status >= 500 && error instanceof Error) res.err = error;
  res.status(problem.status);
  if (req.path.startsWith("/api/") || req.accepts(["json", "html"]) !== "html")
    res.type("application/problem+json").send(JSON.stringify(problem));
  else res.render("error", { problem });
};

function toProblem(error: unknown): Problem {
  if (error instanceof ZodError) return toValidationProblem(error);
  if (error instanceof HttpError) return problem(error.status, error.message);
  // Express and its parsers mark the errors that the client caused.
  if (isClientError(error)) return problem(error.status, error.message);
  return problem(500);
}

/** Routes parse only what the client sent, so a ZodError is the client's. */
function toValidationProblem(error: ZodError): Problem {
  const { fieldErrors, formErrors } = flattenError(error);
  if (formErrors.length > 0) return problem(400, formErrors.join(" "));
  return { ...problem(422), errors: fieldErrors };
}

function problem(status: number, detail?: string): Problem {
  const title = STATUS_CODES[status] ?? "Error";
  return { type: "about:blank", title, status, ...(detail && { detail }) };
}

function isClientError(error: unknown): error is Error & { status: number } {
  if (!(error instanceof Error && "status" in error)) return false;
  const { status } = error;
  return typeof status === "number" && status >= 400 && status < 500;
}
