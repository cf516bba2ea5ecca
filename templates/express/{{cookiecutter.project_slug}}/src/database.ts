import { mkdirSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import Sqlite from "better-sqlite3";
import {
  Kysely,
  PostgresDialect,
  SqliteAdapter,
  SqliteDialect,
  sql,
} from "kysely";
import { FileMigrationProvider, Migrator } from "kysely/migration";
import pg from "pg";

/** A connection that knows no table yet: each module adds its own with `$extendTables`. */
export type Database = Kysely<unknown>;

/**
 * @param url `sqlite:///relative`, `sqlite:////absolute` or `postgresql://user:password@host:port/name`
 * @param statementTimeout seconds after which PostgreSQL ends a statement; 0: never
 */
export function connect(url: string, statementTimeout = 0): Database {
  const path = /^sqlite:\/\/\/(.+)$/.exec(url)?.[1];
  if (path)
    return new Kysely({
      dialect: new TransactionalSqliteDialect({ database: openSqlite(path) }),
    });
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

function openSqlite(path: string): Sqlite.Database {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const database = new Sqlite(path);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = NORMAL");
  database.pragma("foreign_keys = ON");
  return database;
}

/** SQLite can take back changes to tables, so a migration that fails shall leave nothing behind there, either. */
class TransactionalSqliteDialect extends SqliteDialect {
  override createAdapter() {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl() {
        return true;
      }
    })();
  }
}

/** Brings the tables up to date with `migrations/` and returns the names of what was applied. */
export async function migrate(database: Database): Promise<string[]> {
  const provider = new FileMigrationProvider({
    fs: { readdir },
    path: { join },
    migrationFolder: join(import.meta.dirname, "../migrations"),
    import: (path) => import(pathToFileURL(path).href) as Promise<unknown>,
  });
  const migrator = new Migrator({ db: database, provider });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw new Error("Migration failed", { cause: error });
  return results.map((result) => result.migrationName);
}

/** Answers when the database does, throws when it does not. */
export async function ping(database: Database): Promise<void> {
  await sql`select 1`.execute(database);
}
