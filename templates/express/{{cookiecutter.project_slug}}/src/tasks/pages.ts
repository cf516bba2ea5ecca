import { Router } from "express";

import type { Config } from "../config.ts";
import { csrf } from "../middleware/csrf.ts";
import { methodNotAllowed } from "../middleware/problem.ts";
import type { TaskRepository } from "./repository.ts";
import { newTask } from "./schema.ts";

/** How many tasks the page shows. */
const LIMIT = 100;

/** Tasks as a page with a form that needs no script. */
export function taskPages(repository: TaskRepository, config: Config): Router {
  const router = Router();

  router.use(csrf(config));

  router
    .route("/")
    .get(async (_req, res) => {
      res.render("tasks", { tasks: await repository.list(1, LIMIT) });
    })
    .post(async (req, res) => {
      await repository.add(newTask.parse(req.body));
      // See other: loading the page again does not send the form again.
      res.redirect(303, req.baseUrl);
    })
    .all(methodNotAllowed("GET", "HEAD", "POST"));

  return router;
}
