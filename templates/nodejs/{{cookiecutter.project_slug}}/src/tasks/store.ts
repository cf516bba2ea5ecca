import { randomUUID } from "node:crypto";

import type { Database, Row } from "../database.ts";
import type { NewTask, Page, Task, TaskChanges } from "./schema.ts";

export async function list(db: Database, { page, limit }: Page) {
  const rows = await db.query`
    select * from tasks order by created desc, id desc
    limit ${limit} offset ${(page - 1) * limit}`;
  const [count] = await db.query`select count(*) as total from tasks`;
  const total = Number(count?.["total"]);
  return { data: rows.map(toTask), meta: { page, limit, total } };
}

export async function find(db: Database, id: string) {
  return first(await db.query`select * from tasks where id = ${id}`);
}

export async function add(db: Database, { title, done }: NewTask) {
  const id = randomUUID();
  const now = new Date().toISOString();
  await db.query`
    insert into tasks (id, title, done, created, updated)
    values (${id}, ${title}, ${Number(done)}, ${now}, ${now})`;
  return { id, title, done, created: now, updated: now };
}

/** One statement, which leaves alone what was not sent: two changes at once both last. */
export async function change(
  db: Database,
  id: string,
  { title, done }: TaskChanges,
) {
  const rows = await db.query`
    update tasks set
      title = coalesce(${title ?? null}, title),
      done = coalesce(${done === undefined ? null : Number(done)}, done),
      updated = ${new Date().toISOString()}
    where id = ${id} returning *`;
  return first(rows);
}

export async function remove(db: Database, id: string) {
  return first(await db.query`delete from tasks where id = ${id} returning *`);
}

function first([row]: Row[]) {
  return row && toTask(row);
}

/** What clients see: no column that comes later. SQLite has no booleans, but 1 and 0; dates become text as JSON. */
function toTask({ id, title, done, created, updated }: Row) {
  return { id, title, done: Boolean(done), created, updated } as Task;
}
