import { Router, urlencoded } from "express";

import type { Database } from "../database.ts";
import { methodNotAllowed, parse } from "../middleware/problem.ts";
import { requireToken } from "../middleware/require-token.ts";
import { sameOrigin } from "../middleware/same-origin.ts";
import { addTask, listTasks } from "./repository.ts";
import { newTask } from "./schema.ts";

/** The newest tasks as a page, with a form that needs no script. */
export function taskPages(database: Database): Router {
  const router = Router();

  router
    .route("/tasks")
    .all(requireToken(database, "Basic"), sameOrigin)
    .get(async (_req, res) => {
      const { data, total } = await listTasks(database, 1, 100);
      res.set("Cache-Control", "no-store");
      res.render("tasks", { tasks: data, total });
    })
    .post(urlencoded(), async (req, res) => {
      await addTask(database, parse(newTask, req.body));
      // See other: loading the page again does not send the form again.
      res.redirect(303, "/tasks");
    })
    .all(methodNotAllowed("GET", "HEAD", "POST"));

  return router;
}
