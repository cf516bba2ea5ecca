import type { IncomingMessage, ServerResponse } from "node:http";

import type { Config } from "../config.ts";

/** What every answer carries. */
export function securityHeaders({ production }: Config) {
  const headers = new Headers({
    "Content-Security-Policy":
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    // For "no-referrer" browsers send forms of our own with `Origin: null`.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
  });
  // Browsers heed it on HTTPS only, and for a year: not for development.
  if (production) headers.set("Strict-Transport-Security", "max-age=31536000");
  return headers;
}

/** A page of another origin may use the API when CORS_ORIGINS names it. True: the answer to a preflight is complete. */
export function answerCors(
  { headers: { origin = "" }, method }: IncomingMessage,
  res: ServerResponse,
  { corsOrigins }: Config,
) {
  if (corsOrigins.length > 0) res.setHeader("Vary", "Origin");
  if (!corsOrigins.includes(origin)) return false;
  res.setHeader("Access-Control-Allow-Origin", origin);
  res.setHeader("Access-Control-Expose-Headers", "Location, X-Request-ID");
  if (method !== "OPTIONS") return false;
  res.setHeader("Access-Control-Allow-Methods", "GET, POST, PATCH, DELETE");
  res.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type");
  res.writeHead(204).end();
  return true;
}
