import type { Database } from "./database.ts";
import { sendJson } from "./http/body.ts";
import { HttpError } from "./http/problem.ts";
import type { Router } from "./http/router.ts";
import type { Logger } from "./logger.ts";

/** `/healthz`: the process is alive. `/readyz`: it can do its work. */
export function addHealth(
  router: Router,
  database: Database,
  logger: Logger,
): void {
  router.add("/healthz", {
    GET: ({ res }) => {
      sendJson(res, 200, { status: "ok" });
    },
  });
  router.add("/readyz", {
    GET: async ({ res }) => {
      try {
        await database.query("select 1");
      } catch (error) {
        logger.error("not ready", error);
        throw new HttpError(503, "The database does not answer.");
      }
      sendJson(res, 200, { status: "ok" });
    },
  });
}
