import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { readConfig } from "./config.ts";
import { connect, type Database } from "./database.ts";

const FOLDER = join(import.meta.dirname, "../migrations");

/** Brings the tables up to date with `migrations/`; returns the names of what was applied. */
export async function migrate(db: Database, folder = FOLDER) {
  await db.script(
    "create table if not exists migrations (name text primary key)",
  );
  const isApplied = async (name: string) =>
    (await db.query`select 1 from migrations where name = ${name}`).length > 0;
  const applied: string[] = [];
  for (const name of (await readdir(folder)).sort()) {
    if (!/^\d{4}_\w+\.sql$/.test(name))
      throw new Error(`${name}: must be named like 0003_add_column.sql`);
    if (await isApplied(name)) continue;
    const sql = await readFile(join(folder, name), "utf8");
    try {
      // The note is part of the change: both are stored, or neither.
      await db.script(`insert into migrations values ('${name}'); ${sql}`);
      applied.push(name);
    } catch (cause) {
      // Another process may have been quicker.
      if (!(await isApplied(name)))
        throw new Error(`${name} failed; nothing of it is kept`, { cause });
    }
  }
  return applied;
}

if (import.meta.main) {
  const db = connect(readConfig(process.env));
  try {
    console.log((await migrate(db)).join("\n") || "up to date");
  } finally {
    await db.close();
  }
}
