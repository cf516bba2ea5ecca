{% if cookiecutter.database == "postgresql" %}
import { Pool } from "pg";

import type { Config } from "./config.ts";
{% else %}
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

import type { Config } from "./config.ts";
{% endif %}

export type Value = string | number | null;
export type Row = Record<string, unknown>;

export interface Database {
  /** One statement, with $1, $2, … for its values. */
  query(sql: string, ...values: Value[]): Promise<Row[]>;
  /** Several statements without values: all or nothing, one script at a time. */
  script(sql: string): Promise<void>;
  close(): Promise<void>;
}

{% if cookiecutter.database == "postgresql" %}
export function connect({ databaseUrl, statementTimeout }: Config): Database {
  const pool = new Pool({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementTimeout * 1_000,
    keepAlive: true,
  });
  // A connection that breaks while idle is replaced by the pool; unheard, the event would end the process.
  pool.on("error", () => undefined);
  return {
    query: async (sql, ...values) => (await pool.query<Row>(sql, values)).rows,
    // PostgreSQL runs what comes in one query as one transaction. A change to a large table may take its time.
    script: async (sql) => {
      await pool.query(
        `set local statement_timeout = 0; select pg_advisory_xact_lock(1); ${sql}`,
      );
    },
    close: () => pool.end(),
  };
}
{% else %}
/** SQLite answers at once, on the main thread; the promises leave the way open to a database that does not. */
export function connect({ databaseUrl }: Config): Database {
  const path = databaseUrl.replace("sqlite:///", "");
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: 5_000 });
  database.exec("pragma journal_mode = wal; pragma synchronous = normal");
  const statements = new Map<string, StatementSync>();
  return {
    query: (sql, ...values) =>
      Promise.try(() => {
        const statement = statements.get(sql) ?? database.prepare(sql);
        statements.set(sql, statement);
        return statement.all(
          Object.fromEntries(values.map((value, i) => [i + 1, value])),
        );
      }),
    script: (sql) =>
      Promise.try(() => {
        database.exec("begin immediate");
        try {
          database.exec(sql);
          database.exec("commit");
        } catch (error) {
          if (database.isTransaction) database.exec("rollback");
          throw error;
        }
      }),
    close: () =>
      Promise.try(() => {
        database.close();
      }),
  };
}
{% endif %}
