import { json, Router, type RequestHandler } from "express";

import { HttpError, methodNotAllowed } from "../middleware/problem.ts";
import type { TaskRepository } from "./repository.ts";
import { newTask, pageQuery, taskChanges, taskId } from "./schema.ts";

/** Anything but JSON is refused: a form on another site cannot send JSON without asking first. */
const requireJson: RequestHandler = (req, _res, next) => {
  if (req.is("application/json") === false)
    throw new HttpError(415, "Send application/json.");
  next();
};

/** Tasks as JSON. */
export function tasksApi(repository: TaskRepository): Router {
  const router = Router();

  router.use(requireJson, json({ limit: "100kb" }));

  // Runs before every route that has an `:id`, so that none of them sees a malformed one.
  router.param("id", (_req, _res, next, id) => {
    if (!taskId.safeParse(id).success) throw new HttpError(404);
    next();
  });

  router
    .route("/")
    .get(async (req, res) => {
      const { page, limit } = pageQuery.parse(req.query);
      const data = await repository.list(page, limit);
      const total = await repository.count();
      const link = (to: number) =>
        `${req.baseUrl}?page=${String(to)}&limit=${String(limit)}`;
      res.links({
        ...(page > 1 && { prev: link(page - 1) }),
        ...(page * limit < total && { next: link(page + 1) }),
      });
      res.json({ data, meta: { page, limit, total } });
    })
    .post(async (req, res) => {
      const task = await repository.add(newTask.parse(req.body));
      res.status(201).location(`${req.baseUrl}/${task.id}`).json(task);
    })
    .all(methodNotAllowed("GET", "HEAD", "POST"));

  router
    .route("/:id")
    .get(async (req, res) => {
      const task = await repository.find(req.params.id);
      if (!task) throw new HttpError(404);
      res.json(task);
    })
    .patch(async (req, res) => {
      const changes = taskChanges.parse(req.body);
      const task = await repository.change(req.params.id, changes);
      if (!task) throw new HttpError(404);
      res.json(task);
    })
    .delete(async (req, res) => {
      if (!(await repository.remove(req.params.id))) throw new HttpError(404);
      res.status(204).end();
    })
    .all(methodNotAllowed("GET", "HEAD", "PATCH", "DELETE"));

  return router;
}
