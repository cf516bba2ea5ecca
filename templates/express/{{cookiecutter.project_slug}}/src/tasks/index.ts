import { Router } from "express";

import type { Database } from "../database.ts";
import { tasksApi } from "./api.ts";
import { taskPages } from "./pages.ts";
import { TaskRepository } from "./repository.ts";

/** The example: tasks as JSON under /api/tasks and as a page under /tasks. */
export function tasks(database: Database): Router {
  const repository = new TaskRepository(database);
  const router = Router();
  router.use(tasksApi(repository));
  router.use(taskPages(repository, database));
  return router;
}
