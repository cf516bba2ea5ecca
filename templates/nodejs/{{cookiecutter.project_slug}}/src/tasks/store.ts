import { randomUUID } from "node:crypto";

import type { Database, Row } from "../database.ts";
import type { NewTask, Task, TaskChanges } from "./schema.ts";

// The only place that knows how tasks are stored.

export async function list(
  database: Database,
  page: number,
  limit: number,
): Promise<Task[]> {
  const rows = await database.query(
    "select * from tasks order by created, id limit $1 offset $2",
    limit,
    (page - 1) * limit,
  );
  return rows.map(toTask);
}

export async function count(database: Database): Promise<number> {
  const [row] = await database.query("select count(*) as total from tasks");
  return Number(row?.["total"]);
}

export async function find(
  database: Database,
  id: string,
): Promise<Task | undefined> {
  const [row] = await database.query("select * from tasks where id = $1", id);
  return row && toTask(row);
}

export async function add(
  database: Database,
  { title, done }: NewTask,
): Promise<Task> {
  const now = new Date().toISOString();
  const task = { id: randomUUID(), title, done, created: now, updated: now };
  await database.query(
    "insert into tasks (id, title, done, created, updated) values ($1, $2, $3, $4, $5)",
    task.id,
    title,
    Number(done),
    now,
    now,
  );
  return task;
}

/** One statement, which leaves alone what was not sent: two changes at once both last. */
export async function change(
  database: Database,
  id: string,
  { title, done }: TaskChanges,
): Promise<Task | undefined> {
  const [row] = await database.query(
    "update tasks set title = coalesce($2, title), done = coalesce($3, done), updated = $4 where id = $1 returning *",
    id,
    title ?? null,
    done === undefined ? null : Number(done),
    new Date().toISOString(),
  );
  return row && toTask(row);
}

export async function remove(database: Database, id: string): Promise<boolean> {
  const rows = await database.query(
    "delete from tasks where id = $1 returning id",
    id,
  );
  return rows.length > 0;
}

// SQLite has no booleans and no dates: it keeps 1 and 0, and text. PostgreSQL takes both and returns its own types.
function toTask(row: Row): Task {
  return {
    id: String(row["id"]),
    title: String(row["title"]),
    done: Boolean(row["done"]),
    created: toTimestamp(row["created"]),
    updated: toTimestamp(row["updated"]),
  };
}

function toTimestamp(value: unknown): string {
  return new Date(value instanceof Date ? value : String(value)).toISOString();
}
