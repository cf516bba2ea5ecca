import { randomUUID } from "node:crypto";

import type { ColumnType, Selectable } from "kysely";

import type { Database } from "../database.ts";
import type { NewTask, TaskChanges } from "./schema.ts";

// SQLite has no booleans and no dates: it keeps 1 and 0, and text. PostgreSQL takes both and returns its own types.
export interface TaskTable {
  id: string;
  title: string;
  done: ColumnType<boolean | number, number, number>;
  created: ColumnType<Date | string, string, never>;
  updated: ColumnType<Date | string, string, string>;
}

/** The newest first. */
export async function listTasks(db: Database, page: number, limit: number) {
  const rows = await db
    .selectFrom("tasks")
    .selectAll()
    .orderBy("created", "desc")
    .orderBy("id")
    .limit(limit)
    .offset((page - 1) * limit)
    .execute();
  const { total } = await db
    .selectFrom("tasks")
    .select(({ fn }) => fn.countAll().as("total"))
    .executeTakeFirstOrThrow();
  return { data: rows.map(toTask), total: Number(total) };
}

export async function findTask(db: Database, id: string) {
  const row = await db
    .selectFrom("tasks")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  return row && toTask(row);
}

export async function addTask(db: Database, { title, done }: NewTask) {
  const created = new Date().toISOString();
  const row = await db
    .insertInto("tasks")
    .values({
      id: randomUUID(),
      title,
      done: Number(done),
      created,
      updated: created,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toTask(row);
}

/** Writes only what is given: two changes of different fields at once both last. */
export async function changeTask(
  db: Database,
  id: string,
  { done, ...changes }: TaskChanges,
) {
  const row = await db
    .updateTable("tasks")
    .set({
      ...changes,
      ...(done !== undefined && { done: Number(done) }),
      updated: new Date().toISOString(),
    })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
  return row && toTask(row);
}

export async function removeTask(db: Database, id: string) {
  const { numDeletedRows } = await db
    .deleteFrom("tasks")
    .where("id", "=", id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** What clients see: a new column is not among it by itself. As JSON, a Date becomes the same text that SQLite keeps. */
function toTask({ id, title, done, created, updated }: Selectable<TaskTable>) {
  return { id, title, done: Boolean(done), created, updated };
}
