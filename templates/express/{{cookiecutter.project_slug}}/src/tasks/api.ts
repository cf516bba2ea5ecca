import { Router } from "express";
import createError from "http-errors";

import type { Database } from "../database.ts";
import { methodNotAllowed, parse } from "../middleware/problem.ts";
import {
  addTask,
  changeTask,
  findTask,
  listTasks,
  removeTask,
} from "./repository.ts";
import { newTask, pageQuery, taskChanges, taskId } from "./schema.ts";

/** Tasks as JSON. Routes have their whole path, so that the log can name them. */
export function tasksApi(database: Database): Router {
  const router = Router();

  // Runs before every route that has an `:id`, so that none of them sees a malformed one.
  router.param("id", (_req, _res, next, id) => {
    if (!taskId.safeParse(id).success) throw createError(404);
    next();
  });

  router
    .route("/api/tasks")
    .get(async (req, res) => {
      const { page, limit } = parse(pageQuery, req.query);
      const { data, total } = await listTasks(database, page, limit);
      res.json({ data, meta: { page, limit, total } });
    })
    .post(async (req, res) => {
      const task = await addTask(database, parse(newTask, req.body));
      res.status(201).location(`/api/tasks/${task.id}`).json(task);
    })
    .all(methodNotAllowed("GET", "HEAD", "POST"));

  router
    .route("/api/tasks/:id")
    .get(async (req, res) => {
      const task = await findTask(database, req.params.id);
      if (!task) throw createError(404);
      res.json(task);
    })
    .patch(async (req, res) => {
      const changes = parse(taskChanges, req.body);
      const task = await changeTask(database, req.params.id, changes);
      if (!task) throw createError(404);
      res.json(task);
    })
    .delete(async (req, res) => {
      const removed = await removeTask(database, req.params.id);
      if (!removed) throw createError(404);
      res.status(204).end();
    })
    .all(methodNotAllowed("GET", "HEAD", "PATCH", "DELETE"));

  return router;
}
