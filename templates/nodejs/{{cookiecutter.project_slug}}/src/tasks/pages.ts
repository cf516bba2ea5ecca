import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Database } from "../database.ts";
import { send } from "../http/answer.ts";
import { readForm } from "../http/body.ts";
import type { Router } from "../http/router.ts";
import { authorize } from "../tokens.ts";
import type { Live } from "./live.ts";
import { parseNewTask, type Task } from "./schema.ts";
import * as store from "./store.ts";

const PATH = "/tasks";
const VIEW = join(import.meta.dirname, "../../views/tasks.html");

/** The browser asks for the log-in by itself: any user name, a token as the password. */
export function addPages(router: Router, database: Database, live: Live): void {
  router.add(PATH, {
    GET: async ({ req, res }) => {
      await authorize(database, req, "Basic");
      const tasks = await store.list(database, 1, 100);
      const view = await readFile(VIEW, "utf8");
      const page = view.replace("<!-- tasks -->", () =>
        tasks.map(item).join(""),
      );
      res.setHeader("Cache-Control", "no-store");
      send(res, 200, "text/html; charset=utf-8", page);
    },
    POST: async ({ req, res }) => {
      await authorize(database, req, "Basic");
      const title = (await readForm(req)).get("title");
      const task = await store.add(database, parseNewTask({ title }));
      live.publish("created", task.id);
      res.writeHead(303, { Location: PATH }).end();
    },
  });
  router.add(`${PATH}/live`, {
    GET: async ({ req, res }) => {
      await authorize(database, req, "Basic");
      live.add(res);
    },
  });
}

function item({ title, done }: Task): string {
  return `<li${done ? ' class="done"' : ""}>${escape(title)}</li>\n`;
}

function escape(text: string): string {
  return text.replaceAll(
    /[&<>"']/g,
    (char) => `&#${String(char.charCodeAt(0))};`,
  );
}
