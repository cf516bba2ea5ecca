import { mkdirSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import Sqlite from "better-sqlite3";
import {
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  SqliteDialect,
  sql,
} from "kysely";
import { FileMigrationProvider, Migrator } from "kysely/migration";
import pg from "pg";

/** A connection that knows no table yet: each module adds its own with `$extendTables`. */
export type Database = Kysely<unknown>;

/** `sqlite:///relative`, `sqlite:////absolute` or `postgresql://user:password@host:port/name`. */
export function connect(url: string): Database {
  const path = /^sqlite:\/\/\/(.+)$/.exec(url)?.[1];
  const dialect =
    path === undefined
      ? new PostgresDialect({ pool: postgresPool(url) })
      : new SqliteDialect({ database: openSqlite(path) });
  return new Kysely({ dialect });
}

function postgresPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    connectionTimeoutMillis: 5_000,
  });
  // A connection that breaks while idle is replaced by the pool; unheard, the event would end the process.
  pool.on("error", () => undefined);
  return pool;
}

function openSqlite(path: string): Sqlite.Database {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const database = new Sqlite(path);
  database.pragma("journal_mode = WAL");
  database.pragma("foreign_keys = ON");
  return database;
}

/** Brings the tables up to date with `migrations/` and returns the names of what was applied. */
export async function migrate(database: Database): Promise<string[]> {
  const provider = new FileMigrationProvider({
    fs: { readdir },
    path: { join },
    migrationFolder: join(import.meta.dirname, "../migrations"),
    import: (path) => import(pathToFileURL(path).href) as Promise<unknown>,
  });
  const { error, results = [] } = await new Migrator({
    db: database,
    provider,
    ...(await migrationSchema(database)),
  }).migrateToLatest();
  if (error !== undefined)
    throw new Error("Migration failed", { cause: error });
  return results.map((result) => result.migrationName);
}

/** Names PostgreSQL's current schema: otherwise Kysely takes its tables in any other schema for the ones it needs. */
async function migrationSchema(database: Database) {
  if (!(database.getExecutor().adapter instanceof PostgresAdapter)) return {};
  const { rows } = await sql<{
    migrationTableSchema: string;
  }>`select current_schema() as "migrationTableSchema"`.execute(database);
  return rows[0];
}

/** Answers when the database does, throws when it does not. */
export async function ping(database: Database): Promise<void> {
  await sql`select 1`.execute(database);
}
