import type { RequestHandler, Response } from "express";
import createError from "http-errors";

import type { Database } from "../database.ts";
import { findToken, type Token } from "../tokens.ts";

const READS = new Set(["GET", "HEAD", "OPTIONS"]);
const CHALLENGES = {
  Bearer: "Bearer",
  Basic: 'Basic realm="Any name, and a token as the password"',
};

/**
 * Lets nobody pass without a token: `Bearer` for programs; `Basic` for pages, where the browser asks for it as the
 * password of any name. Reading takes the right `read`, everything else `write`.
 */
export function requireToken(
  database: Database,
  scheme: keyof typeof CHALLENGES,
): RequestHandler {
  return async (req, res, next) => {
    const secret = secretFrom(req.get("Authorization") ?? "", scheme);
    const token = secret && (await findToken(database, secret));
    if (!token) {
      const headers = { "WWW-Authenticate": CHALLENGES[scheme] };
      throw createError(401, { headers });
    }
    const right = READS.has(req.method) ? "read" : "write";
    if (!token.rights.includes(right))
      throw createError(403, `This token lacks the right to ${right}.`);
    res.locals["token"] = token;
    next();
  };
}

/** The token that `requireToken` found. */
export function tokenOf(res: Response): Token {
  return res.locals["token"] as Token;
}

function secretFrom(header: string, scheme: keyof typeof CHALLENGES): string {
  const [given, credentials = ""] = header.split(" ", 2);
  if (given?.toLowerCase() !== scheme.toLowerCase()) return "";
  if (scheme === "Bearer") return credentials;
  const pair = Buffer.from(credentials, "base64").toString();
  return pair.slice(pair.indexOf(":") + 1);
}
