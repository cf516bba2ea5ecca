import type { Kysely } from "kysely";

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("tasks")
    .addColumn("id", "uuid", (column) => column.primaryKey())
    .addColumn("title", "varchar(200)", (column) => column.notNull())
    .addColumn("done", "boolean", (column) => column.notNull())
    .addColumn("created", "timestamptz", (column) => column.notNull())
    .addColumn("updated", "timestamptz", (column) => column.notNull())
    .execute();
  await database.schema
    .createIndex("tasks_by_creation")
    .on("tasks")
    .columns(["created", "id"])
    .execute();
}
