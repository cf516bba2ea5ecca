import { Router } from "express";

import { ping, type Database } from "./database.ts";

/** `/healthz`: the process is alive. `/readyz`: it can do its work. */
export function health(database: Database): Router {
  const router = Router();

  router.get("/healthz", (_req, res) => {
    res.json({ status: "ok" });
  });

  router.get("/readyz", async (req, res) => {
    if (req.app.enabled("draining")) {
      res.status(503).json({ status: "stopping" });
      return;
    }
    try {
      await ping(database);
      res.json({ status: "ok" });
    } catch (error) {
      if (error instanceof Error) res.err = error;
      res.status(503).json({ status: "the database does not answer" });
    }
  });

  return router;
}
