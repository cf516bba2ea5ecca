import { Router } from "express";

import { ping, type Database } from "./database.ts";
import { HttpError } from "./middleware/problem.ts";

/** `/healthz`: the process is alive. `/readyz`: it can do its work. */
export function health(database: Database): Router {
  const router = Router();

  router.get("/healthz", (_req, res) => {
    res.json({ status: "ok" });
  });

  router.get("/readyz", async (_req, res) => {
    try {
      await ping(database);
    } catch (error) {
      throw new HttpError(503, "The database does not answer.", {
        cause: error,
      });
    }
    res.json({ status: "ok" });
  });

  return router;
}
