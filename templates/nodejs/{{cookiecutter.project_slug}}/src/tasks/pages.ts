import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Database } from "../database.ts";
import { readForm } from "../http/body.ts";
import type { Router } from "../http/router.ts";
import { authorize } from "../tokens.ts";
import type { Live } from "./live.ts";
import { parseNewTask, type Task } from "./schema.ts";
import * as store from "./store.ts";

const VIEW = join(import.meta.dirname, "../../views/tasks.html");

/** The browser asks for the log-in by itself: any user name, a token as the password. */
export function addPages(router: Router, db: Database, live: Live) {
  router.add("/tasks", {
    GET: async ({ req, res }) => {
      await authorize(db, req, "Basic");
      const { data } = await store.list(db, { page: 1, limit: 100 });
      const items = data.map(toItem).join("\n");
      const view = await readFile(VIEW, "utf8");
      res.setHeader("Cache-Control", "no-store");
      res.setHeader("Content-Type", "text/html; charset=utf-8");
      res.end(view.replace("<!-- tasks -->", () => items));
    },
    POST: async ({ req, res }) => {
      await authorize(db, req, "Basic");
      const title = (await readForm(req)).get("title");
      const task = await store.add(db, parseNewTask({ title }));
      live.publish("created", task.id);
      res.writeHead(303, { Location: "/tasks" }).end();
    },
  });
  router.add("/tasks/live", {
    GET: async ({ req, res }) => {
      await authorize(db, req, "Basic");
      live.add(res);
    },
  });
}

function toItem({ title, done }: Task) {
  return `<li${done ? ' class="done"' : ""}>${escape(title)}</li>`;
}

function escape(text: string) {
  const code = (char: string) => `&#${String(char.charCodeAt(0))};`;
  return text.replaceAll(/[&<>"']/g, code);
}
