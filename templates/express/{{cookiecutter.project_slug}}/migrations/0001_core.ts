import type { Kysely } from "kysely";

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("tokens")
    .addColumn("name", "varchar(100)", (column) => column.primaryKey())
    .addColumn("hash", "varchar(64)", (column) => column.notNull().unique())
    .addColumn("rights", "varchar(20)", (column) => column.notNull())
    .addColumn("created", "timestamptz", (column) => column.notNull())
    .addColumn("expires", "timestamptz", (column) => column.notNull())
    .execute();
}
