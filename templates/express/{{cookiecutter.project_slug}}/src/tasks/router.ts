import { Router } from "express";

import type { Config } from "../config.ts";
import type { Database } from "../database.ts";
import { tasksApi } from "./api.ts";
import { taskPages } from "./pages.ts";
import { TaskRepository } from "./repository.ts";

/** The example: tasks as JSON under /api/tasks and as a page under /tasks. */
export function tasks(database: Database, config: Config): Router {
  const repository = new TaskRepository(database);
  const router = Router();
  router.use("/api/tasks", tasksApi(repository));
  router.use("/tasks", taskPages(repository, config));
  return router;
}
