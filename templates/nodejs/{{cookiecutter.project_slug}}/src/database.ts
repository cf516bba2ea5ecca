import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

export type Value = string | number | null;
export type Row = Record<string, unknown>;

/** The part that SQLite and PostgreSQL have in common: SQL with $1, $2, … for its values. */
export interface Database {
  query(sql: string, ...values: Value[]): Promise<Row[]>;
  /** Several statements without values, all or nothing. */
  script(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** `sqlite:///relative`, `sqlite:////absolute` or `postgresql://user:password@host:port/name`. */
export async function connect(url: string): Promise<Database> {
  const path = /^sqlite:\/\/\/(.+)$/.exec(url)?.[1];
  return path === undefined ? await openPostgres(url) : openSqlite(path);
}

function openSqlite(path: string): Database {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: 5_000 });
  database.exec("pragma journal_mode = wal");
  return {
    // SQLite answers at once; as a promise it looks like PostgreSQL to everyone else.
    query: (sql, ...values) =>
      Promise.try(() =>
        database
          .prepare(sql)
          .all(Object.fromEntries(values.map((value, i) => [i + 1, value]))),
      ),
    script: (sql) =>
      Promise.try(() => {
        database.exec(`begin; ${sql}; commit`);
      }),
    close: () =>
      Promise.try(() => {
        database.close();
      }),
  };
}

async function openPostgres(url: string): Promise<Database> {
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
  });
  // A connection that breaks while idle is replaced by the pool; unheard, the event would end the process.
  pool.on("error", () => undefined);
  return {
    query: async (sql, ...values) => (await pool.query<Row>(sql, values)).rows,
    script: async (sql) => {
      await pool.query(`begin; ${sql}; commit`);
    },
    close: () => pool.end(),
  };
}
