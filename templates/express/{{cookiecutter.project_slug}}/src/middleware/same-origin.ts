import type { RequestHandler } from "express";
import createError from "http-errors";

/** Refuses forms of other sites: browsers add the password to those, too. */
export const sameOrigin: RequestHandler = (req, _res, next) => {
  const site = req.get("Sec-Fetch-Site");
  const origin = req.get("Origin");
  const foreign = site
    ? site !== "same-origin" && site !== "none"
    : origin !== undefined && URL.parse(origin)?.host !== req.host;
  if (foreign && req.method !== "GET" && req.method !== "HEAD")
    throw createError(403, "This form belongs to another site.");
  next();
};
