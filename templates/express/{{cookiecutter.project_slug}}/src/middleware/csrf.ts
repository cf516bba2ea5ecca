import { randomBytes, timingSafeEqual } from "node:crypto";

import { Router, urlencoded } from "express";
import cookieParser from "cookie-parser";

import type { Config } from "../config.ts";
import { HttpError } from "./problem.ts";

const READS = new Set(["GET", "HEAD"]);

/**
 * Protects forms: a page gets a token in a signed cookie and in `res.locals.csrf`, for a hidden field named `csrf`;
 * a form is accepted only when both come back and agree. Another site can read neither.
 */
export function csrf({ production, secretKey }: Config): Router {
  // With this prefix browsers refuse a cookie that another subdomain planted.
  const name = production ? "__Host-csrf" : "csrf";
  const router = Router();

  router.use(cookieParser(secretKey), urlencoded({ limit: "100kb" }));

  router.use((req, res, next) => {
    const cookie = (req.signedCookies as Record<string, unknown>)[name];
    if (READS.has(req.method)) {
      const token =
        typeof cookie === "string"
          ? cookie
          : randomBytes(32).toString("base64url");
      res.cookie(name, token, {
        httpOnly: true,
        sameSite: "strict",
        secure: production,
        signed: true,
      });
      res.set("Cache-Control", "no-store");
      res.locals["csrf"] = token;
    } else if (!agree(cookie, fieldOf(req.body))) {
      throw new HttpError(403, "The form has expired. Load the page again.");
    }
    next();
  });

  return router;
}

function fieldOf(body: unknown): unknown {
  return typeof body === "object" && body !== null && "csrf" in body
    ? body.csrf
    : undefined;
}

function agree(cookie: unknown, field: unknown): boolean {
  if (typeof cookie !== "string" || typeof field !== "string") return false;
  const [a, b] = [Buffer.from(cookie), Buffer.from(field)];
  return a.length === b.length && timingSafeEqual(a, b);
}
