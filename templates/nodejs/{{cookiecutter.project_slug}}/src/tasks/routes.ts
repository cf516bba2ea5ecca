import type { Database } from "../database.ts";
import { HttpError, sendJson } from "../http/answer.ts";
import { readJson } from "../http/body.ts";
import type { Router } from "../http/router.ts";
import { Live } from "./live.ts";
import { addPages } from "./pages.ts";
import { parseNewTask, parsePage, parseTaskChanges } from "./schema.ts";
import * as store from "./store.ts";

const PATH = "/api/tasks";
const UUID = String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}`;

/** The example: tasks as JSON and on a page; every open page hears of each change. */
export function addTasks(router: Router, db: Database) {
  const live = new Live();
  addPages(router, db, live);

  router.add(PATH, {
    GET: async ({ res, url }) => {
      sendJson(res, 200, await store.list(db, parsePage(url.searchParams)));
    },
    POST: async ({ req, res }) => {
      const task = await store.add(db, parseNewTask(await readJson(req)));
      live.publish("created", task.id);
      res.setHeader("Location", `${PATH}/${task.id}`);
      sendJson(res, 201, task);
    },
  });

  router.add(`${PATH}/:id(${UUID})`, {
    GET: async ({ res, params: { id = "" } }) => {
      const task = await store.find(db, id);
      if (!task) throw new HttpError(404);
      sendJson(res, 200, task);
    },
    PATCH: async ({ req, res, params: { id = "" } }) => {
      const changes = parseTaskChanges(await readJson(req));
      const task = await store.change(db, id, changes);
      if (!task) throw new HttpError(404);
      live.publish("changed", id);
      sendJson(res, 200, task);
    },
    DELETE: async ({ res, params: { id = "" } }) => {
      if (!(await store.remove(db, id))) throw new HttpError(404);
      live.publish("removed", id);
      res.writeHead(204).end();
    },
  });
  return live;
}
