{% if cookiecutter.database == "postgresql" %}
import { Pool } from "pg";
{% else %}
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
{% endif %}

import type { Config } from "./config.ts";

export type Row = Record<string, unknown>;

export interface Database {
  /** query`select … where id = ${id}`: a value is sent as a parameter, never as SQL. */
  query(
    sql: TemplateStringsArray,
    ...values: (string | number | null)[]
  ): Promise<Row[]>;
  /** Several statements: all or nothing, one script at a time. */
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
    query: async (sql, ...values) => {
      const text = sql.reduce((a, part, i) => `${a}$${String(i)}${part}`);
      return (await pool.query<Row>(text, values)).rows;
    },
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
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: 5_000 });
  database.exec("pragma journal_mode = wal; pragma synchronous = normal");
  const statements = database.createTagStore();
  return {
    query: (sql, ...values) =>
      Promise.try(() => statements.all(sql, ...values)),
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
    close: () => Promise.try(() => database.close()),
  };
}
{% endif %}
