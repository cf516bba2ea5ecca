import { mkdirSync } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

import Sqlite from "better-sqlite3";
import { Kysely, PostgresDialect, SqliteDialect } from "kysely";
import { FileMigrationProvider, Migrator } from "kysely/migration";
import pg from "pg";

{% if cookiecutter.example %}
import type { TaskTable } from "./tasks/repository.ts";
{% endif %}
import type { TokenTable } from "./tokens.ts";

export type Database = Kysely<{
{% if cookiecutter.example %}
  tasks: TaskTable;
{% endif %}
  tokens: TokenTable;
}>;

/**
 * @param url `sqlite:///relative`, `sqlite:////absolute` or `postgresql://user:password@host:port/name`
 * @param statementTimeout seconds after which PostgreSQL ends a statement; 0: never
 */
export function connect(url: string, statementTimeout = 0): Database {
  const file = /^sqlite:\/\/\/(.+)$/.exec(url)?.[1];
  if (file) return new Kysely({ dialect: sqliteDialect(file) });
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementTimeout * 1_000,
    keepAlive: true,
  });
  // A connection that breaks while idle is replaced by the pool; unheard, the event would end the process.
  pool.on("error", () => undefined);
  return new Kysely({ dialect: new PostgresDialect({ pool }) });
}

function sqliteDialect(file: string) {
  mkdirSync(path.dirname(file), { recursive: true });
  const database = new Sqlite(file);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = NORMAL");
  const dialect = new SqliteDialect({ database });
  // Kysely does not use it by itself, but SQLite can take back changes to tables: of a migration that fails nothing stays.
  const adapter = dialect.createAdapter();
  Object.defineProperty(adapter, "supportsTransactionalDdl", { value: true });
  dialect.createAdapter = () => adapter;
  return dialect;
}

/** Brings the tables up to date with `migrations/` and returns the names of what was applied. */
export async function migrate(database: Database): Promise<string[]> {
  const provider = new FileMigrationProvider({
    fs,
    path,
    migrationFolder: path.join(import.meta.dirname, "../migrations"),
    import: (file) => import(pathToFileURL(file).href) as Promise<unknown>,
  });
  const migrator = new Migrator({ db: database, provider });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error) throw new Error("Migration failed", { cause: error });
  return results.map((result) => result.migrationName);
}
