import type { Database } from "../database.ts";
import type { Change, Events } from "../events.ts";
import { readJson, sendJson } from "../http/body.ts";
import { HttpError } from "../http/problem.ts";
import type { Exchange, Router } from "../http/router.ts";
import {
  isTaskId,
  parseNewTask,
  parsePage,
  parseTaskChanges,
} from "./schema.ts";
import { TaskStore } from "./store.ts";

const PATH = "/api/tasks";

/** The example: tasks as JSON; everyone who listens hears of each change. */
export function addTasks(
  router: Router,
  database: Database,
  events: Events,
): void {
  const store = new TaskStore(database);
  const emit = (action: Change["action"], id: string) =>
    events.emit("change", { resource: "tasks", action, id });

  router.add(PATH, {
    GET: async ({ res, url }) => {
      const { page, limit } = parsePage(url.searchParams);
      const data = await store.list(page, limit);
      const total = await store.count();
      sendJson(res, 200, { data, meta: { page, limit, total } });
    },
    POST: async ({ req, res }) => {
      const task = await store.add(parseNewTask(await readJson(req)));
      emit("created", task.id);
      sendJson(res, 201, task, { Location: `${PATH}/${task.id}` });
    },
  });

  router.add(`${PATH}/:id`, {
    GET: async (exchange) => {
      const task = await store.find(idOf(exchange));
      if (!task) throw new HttpError(404);
      sendJson(exchange.res, 200, task);
    },
    PATCH: async (exchange) => {
      const id = idOf(exchange);
      const changes = parseTaskChanges(await readJson(exchange.req));
      const task = await store.change(id, changes);
      if (!task) throw new HttpError(404);
      emit("changed", id);
      sendJson(exchange.res, 200, task);
    },
    DELETE: async (exchange) => {
      const id = idOf(exchange);
      if (!(await store.remove(id))) throw new HttpError(404);
      emit("removed", id);
      exchange.res.writeHead(204).end();
    },
  });
}

function idOf({ params }: Exchange): string {
  if (!isTaskId(params["id"])) throw new HttpError(404);
  return params["id"];
}
