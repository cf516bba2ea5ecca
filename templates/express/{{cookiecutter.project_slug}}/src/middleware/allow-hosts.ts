import type { RequestHandler } from "express";
import createError from "http-errors";

/** Refuses requests for another name; an empty list, in development, allows all. */
export function allowHosts(hosts: readonly string[]): RequestHandler {
  return (req, _res, next) => {
    if (hosts.length > 0 && !hosts.includes(req.hostname))
      throw createError(421);
    next();
  };
}
