import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { readConfig } from "./config.ts";
import { connect, type Database } from "./database.ts";

const FOLDER = join(import.meta.dirname, "../migrations");

/** Brings the tables up to date with `migrations/` and returns the names of what was applied. */
export async function migrate(
  database: Database,
  folder = FOLDER,
): Promise<string[]> {
  await database.script(
    "create table if not exists migrations (name text primary key)",
  );
  const applied = async () => {
    const rows = await database.query("select name from migrations");
    return new Set(rows.map((row) => row["name"]));
  };
  const before = await applied();
  const files = (await readdir(folder)).filter((name) => name.endsWith(".sql"));
  const pending = files.filter((name) => !before.has(name)).sort();

  for (const name of pending) {
    if (!/^\d{4}_\w+\.sql$/.test(name))
      throw new Error(`${name}: must be named like 0003_add_column.sql`);
    const sql = await readFile(join(folder, name), "utf8");
    try {
      // The note is part of the change: both are stored, or neither.
      await database.script(
        `insert into migrations values ('${name}'); ${sql}`,
      );
    } catch (cause) {
      // Another process may have been quicker.
      if (!(await applied()).has(name))
        throw new Error(`${name} failed; nothing of it is kept`, { cause });
    }
  }
  return pending;
}

if (import.meta.main) {
  const database = connect(readConfig(process.env));
  try {
    const applied = await migrate(database);
    console.log(
      applied.length > 0 ? `applied ${applied.join(", ")}` : "up to date",
    );
  } finally {
    await database.close();
  }
}
