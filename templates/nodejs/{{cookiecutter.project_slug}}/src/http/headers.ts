import type { Config } from "../config.ts";

/** What every answer carries. */
export function securityHeaders({
  production,
}: Config): Record<string, string> {
  return {
    "Content-Security-Policy":
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    // Browsers heed it on HTTPS only, and for a year: not for development.
    ...(production && {
      "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    }),
  };
}
