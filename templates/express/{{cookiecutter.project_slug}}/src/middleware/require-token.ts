import type { RequestHandler } from "express";
import createError from "http-errors";

import type { Database } from "../database.ts";
import { findToken } from "../tokens.ts";

type Scheme = "Bearer" | "Basic";

/**
 * Lets nobody pass without a token: `Bearer` for programs; `Basic` for pages, where the browser asks for it as the
 * password of any name. Reading takes the right `read`, everything else `write`. Leaves the token in `res.locals`.
 */
export function requireToken(
  database: Database,
  scheme: Scheme,
): RequestHandler {
  return async (req, res, next) => {
    const secret = secretFrom(req.get("Authorization") ?? "", scheme);
    const token = secret && (await findToken(database, secret));
    if (!token) {
      const headers = { "WWW-Authenticate": `${scheme} realm="API token"` };
      throw createError(401, { headers });
    }
    const right = /^(GET|HEAD|OPTIONS)$/.test(req.method) ? "read" : "write";
    if (!token.rights.includes(right))
      throw createError(403, `This token lacks the right to ${right}.`);
    res.locals["token"] = token;
    next();
  };
}

function secretFrom(header: string, scheme: Scheme): string {
  const [given, credentials = ""] = header.split(" ", 2);
  if (given?.toLowerCase() !== scheme.toLowerCase()) return "";
  if (scheme === "Bearer") return credentials;
  const pair = Buffer.from(credentials, "base64").toString();
  return pair.slice(pair.indexOf(":") + 1);
}
