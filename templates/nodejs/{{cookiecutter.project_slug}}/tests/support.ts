import { spawn } from "node:child_process";
{% if cookiecutter.database == "postgresql" %}
import { randomBytes } from "node:crypto";
{% endif %}
import { EventEmitter, once } from "node:events";
{% if cookiecutter.database == "sqlite" %}
import { mkdtempSync, rmSync } from "node:fs";
{% endif %}
import type { AddressInfo } from "node:net";
{% if cookiecutter.database == "sqlite" %}
import { tmpdir } from "node:os";
{% endif %}
import { join } from "node:path";
{% if cookiecutter.database == "postgresql" %}
import { after, type TestContext } from "node:test";

import { Client } from "pg";
{% else %}
import type { TestContext } from "node:test";
{% endif %}

import { readConfig } from "../src/config.ts";
import { connect, type Database } from "../src/database.ts";
import { createLogger } from "../src/logger.ts";
import { migrate } from "../src/migrate.ts";
import { createServer } from "../src/server.ts";
import { createToken } from "../src/tokens.ts";
import { assertDocumented } from "./document.ts";

interface Options {
  env?: Record<string, string>;
  /** Instead of an empty one. */
  database?: Database;
}

/** Starts the server on a free port, with a token; it ends with the test. */
export async function start(test: TestContext, options: Options = {}) {
  const database = options.database ?? (await openDatabase(test)).database;
  const config = readConfig({ NODE_ENV: "test", ...options.env });
  const lines: string[] = [];
  const written = new EventEmitter();
  const logger = createLogger(config.logLevel, (line) => {
    lines.push(line);
    written.emit("line");
  });
  const { server, router, stop } = createServer(config, database, logger);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${String(port)}`;
  const token = await createToken(database, "tests", "read,write");
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });

  return {
    url,
    token,
    database,
    server,
    router,
    stop,
    lines,
    /** The log since the last call, once it has as many lines. */
    log: async (count: number) => {
      while (lines.length < count) await once(written, "line");
      return lines.splice(0).map((line) => JSON.parse(line) as Fields);
    },
    get: (path: string, headers: Record<string, string> = {}) =>
      fetch(url + path, { headers, redirect: "manual" }),
    /** A request with the token, and its answer as the document promises it. */
    api: async (
      method: string,
      path: string,
      body?: unknown,
      headers: Record<string, string> = {},
    ) => {
      const response = await fetch(url + path, {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          ...(body !== undefined && { "Content-Type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && {
          body: typeof body === "string" ? body : JSON.stringify(body),
        }),
      });
      await assertDocumented(method, path, response);
      return response;
    },
  };
}

export type Fields = Record<string, unknown>;

/** The body of an answer as plain data. */
export async function body(response: Response) {
  return (await response.json()) as Fields;
}

export function basic(token: string): Record<string, string> {
  return { Authorization: `Basic ${btoa(`anyone:${token}`)}` };
}

/** A database that breaks, and says more than a client should hear. */
export const broken: Database = {
  query: ([sql = ""]) =>
    sql.includes("insert into tokens")
      ? Promise.resolve([{}])
      : Promise.reject(new Error("password in /srv/secret.ts:1")),
  script: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

{% if cookiecutter.database == "postgresql" %}
/** On the server of DATABASE_URL a database for each file of tests; it is gone afterwards. */
const name = `test_${randomBytes(8).toString("hex")}`;
let made: Promise<void> | undefined;
let schemas = 0;
after(() => made && administer(`drop database ${name} with (force)`));

async function administer(sql: string) {
  const { databaseUrl: connectionString } = readConfig(process.env);
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** All tables, in a schema of their own. */
export async function openDatabase(test: TestContext) {
  await (made ??= administer(`create database ${name}`));
  const schema = `test_${String((schemas += 1))}`;
  const url = new URL(readConfig(process.env).databaseUrl);
  url.pathname = name;
  url.searchParams.set("options", `-c search_path=${schema}`);
  const database = connect(readConfig({ DATABASE_URL: url.href }));
  test.after(() => database.close());
  await database.script(`create schema ${schema}`);
  await migrate(database);
  return { url: url.href, database };
}
{% else %}
/** A database of its own, with all tables; it is gone after the test. */
export async function openDatabase(test: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "test-"));
  const url = `sqlite:///${join(folder, "test.db")}`;
  const database = connect(readConfig({ DATABASE_URL: url }));
  test.after(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });
  await migrate(database);
  return { url, database };
}
{% endif %}

/** Runs a file of `src/` as a process of its own, with nothing in its environment but this. */
export function run(
  test: TestContext,
  env: { DATABASE_URL: string } & Record<string, string>,
  file: string,
  ...args: string[]
) {
  const path = join(import.meta.dirname, "../src", file);
  const child = spawn(process.execPath, [path, ...args], { env });
  test.after(() => child.kill("SIGKILL"));
  let output = "";
  const listening = Promise.withResolvers<string>();
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
    const port = /"listening".*"port":(\d+)/.exec(output)?.[1];
    if (port) listening.resolve(`http://127.0.0.1:${port}`);
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const exit = once(child, "close").then(([code]) => {
    listening.reject(new Error(output));
    return { code: code as unknown, output };
  });
  listening.promise.catch(() => undefined);
  return { child, exit, listening: listening.promise };
}
