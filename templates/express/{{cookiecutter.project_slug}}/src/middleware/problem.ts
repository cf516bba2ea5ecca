import { STATUS_CODES } from "node:http";

import type { ErrorRequestHandler, RequestHandler } from "express";
import createError, { type HttpError } from "http-errors";
import { flattenError, z } from "zod";

/** The answer to an error, as RFC 9457 describes it. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  errors: z.record(z.string(), z.array(z.string())).optional(),
});

/** Ends a route: `router.route(path).get(…).all(methodNotAllowed("GET"))`. */
export function methodNotAllowed(...allowed: string[]): RequestHandler {
  return () => {
    throw createError(405, { headers: { Allow: allowed.join(", ") } });
  };
}

/** What a client sent, checked: 422 when it is wrong. A ZodError of our own is a fault of ours, and stays 500. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { fieldErrors, formErrors } = flattenError(result.error);
  throw createError(422, formErrors.join(" "), { errors: fieldErrors });
}

/** Express knows an error handler by its four parameters. */
export const handleError: ErrorRequestHandler = (error, req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  const { status, message, headers = {}, errors } = toHttpError(error);
  // The log gets the whole error, the client only what it may know.
  if (status >= 500 && error instanceof Error) res.err = error;
  const title = STATUS_CODES[status];
  const problem = {
    type: "about:blank",
    title,
    status,
    ...(message && message !== title && { detail: message }),
    errors: errors as unknown,
  };
  res.status(status).set(headers);
  if (req.path.startsWith("/api/") || req.accepts(["json", "html"]) !== "html")
    res.type("application/problem+json").send(JSON.stringify(problem));
  else res.render("error", { problem });
};

/** Passes on what is meant for the client; of anything else it learns nothing. */
function toHttpError(error: unknown): HttpError {
  if (createError.isHttpError(error) && error.expose) return error;
  // The router cannot decode a path such as /%zz.
  return createError(error instanceof URIError ? 400 : 500);
}
