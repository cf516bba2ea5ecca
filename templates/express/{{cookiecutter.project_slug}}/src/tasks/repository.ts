import { randomUUID } from "node:crypto";

import type { ColumnType, Selectable } from "kysely";

import type { Database } from "../database.ts";
import type { NewTask, Task, TaskChanges } from "./schema.ts";

// SQLite has no booleans and no dates: it keeps 1 and 0, and text. PostgreSQL takes both and returns its own types.
interface TaskTable {
  id: string;
  title: string;
  done: ColumnType<boolean | number, number, number>;
  created: ColumnType<Date | string, string, never>;
  updated: ColumnType<Date | string, string, string>;
}

/** The only place that knows how tasks are stored. */
export class TaskRepository {
  readonly #database;

  constructor(database: Database) {
    this.#database = database.$extendTables<{ tasks: TaskTable }>();
  }

  /** The newest first. */
  async list(page: number, limit: number) {
    const rows = await this.#database
      .selectFrom("tasks")
      .selectAll()
      .orderBy("created", "desc")
      .orderBy("id")
      .limit(limit)
      .offset((page - 1) * limit)
      .execute();
    const { total } = await this.#database
      .selectFrom("tasks")
      .select(({ fn }) => fn.countAll().as("total"))
      .executeTakeFirstOrThrow();
    return { data: rows.map(toTask), total: Number(total) };
  }

  async find(id: string): Promise<Task | undefined> {
    const row = await this.#database
      .selectFrom("tasks")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    return row && toTask(row);
  }

  async add({ title, done }: NewTask): Promise<Task> {
    const now = new Date().toISOString();
    const row = await this.#database
      .insertInto("tasks")
      .values({
        id: randomUUID(),
        title,
        done: Number(done),
        created: now,
        updated: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return toTask(row);
  }

  /** Writes only what is given: two changes of different fields at once both last. */
  async change(id: string, { done, ...changes }: TaskChanges) {
    const row = await this.#database
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

  async remove(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database
      .deleteFrom("tasks")
      .where("id", "=", id)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }
}

function toTask(row: Selectable<TaskTable>): Task {
  return {
    id: row.id,
    title: row.title,
    done: Boolean(row.done),
    created: new Date(row.created).toISOString(),
    updated: new Date(row.updated).toISOString(),
  };
}
