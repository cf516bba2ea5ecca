import type { Database } from "./database.ts";
import { HttpError, sendJson, sendProblem } from "./http/answer.ts";
import type { Router } from "./http/router.ts";

export const PROBES = ["/healthz", "/readyz"];

/** `/healthz`: the process is alive. `/readyz`: it can do its work, and means to go on. */
export function addHealth(
  router: Router,
  database: Database,
  isDraining: () => boolean,
): void {
  router.add("/healthz", {
    GET: ({ res }) => {
      sendJson(res, 200, { status: "ok" });
    },
  });
  router.add("/readyz", {
    GET: async ({ res }) => {
      // No error: the balancer is meant to look elsewhere.
      if (isDraining()) {
        sendProblem(res, new HttpError(503, { detail: "Stopping." }));
        return;
      }
      await database.query("select 1").catch((cause: unknown) => {
        const detail = "The database does not answer.";
        throw new HttpError(503, { detail, cause });
      });
      sendJson(res, 200, { status: "ok" });
    },
  });
}
