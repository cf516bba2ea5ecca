import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Database } from "./database.ts";

const folder = join(import.meta.dirname, "../migrations");

/** Brings the tables up to date with `migrations/` and returns the names of what was applied. */
export async function migrate(database: Database): Promise<string[]> {
  await database.script(
    "create table if not exists migrations (name text primary key)",
  );
  const rows = await database.query("select name from migrations");
  const applied = new Set(rows.map((row) => row["name"]));
  const files = (await readdir(folder)).filter((name) => name.endsWith(".sql"));
  const pending = files.filter((name) => !applied.has(name)).sort();

  for (const name of pending) {
    if (!/^\d{4}_\w+\.sql$/.test(name))
      throw new Error(`${name}: must be named like 0002_add_column.sql`);
    const sql = await readFile(join(folder, name), "utf8");
    // The note is part of the change: both are stored, or neither.
    await database.script(`${sql}; insert into migrations values ('${name}')`);
  }
  return pending;
}
