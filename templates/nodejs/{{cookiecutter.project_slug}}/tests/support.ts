import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { on, once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { TestContext } from "node:test";

import { WebSocket } from "ws";

import { readConfig } from "../src/config.ts";
import { connect, type Database } from "../src/database.ts";
import { Logger } from "../src/logger.ts";
import { migrate } from "../src/migrations.ts";
import { createServer } from "../src/server.ts";

export const SECRET = randomBytes(32).toString("hex");

interface Options {
  env?: Record<string, string>;
  /** Instead of an empty one. */
  database?: Database;
  /** Instead of public/. */
  folder?: string;
}

/** Starts the server on a free port; it ends with the test. */
export async function start(
  test: TestContext,
  { env, folder, ...given }: Options = {},
) {
  const database = given.database ?? (await emptyDatabase(test));
  const config = readConfig({ NODE_ENV: "test", SECRET_KEY: SECRET, ...env });
  const log: Record<string, unknown>[] = [];
  const logger = new Logger("debug", (line) => {
    log.push(JSON.parse(line) as Record<string, unknown>);
  });
  const { server, stop } = createServer({
    config,
    database,
    logger,
    ...(folder !== undefined && { folder }),
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${String(port)}`;

  test.after(async () => {
    server.closeAllConnections();
    await stop();
    await database.close();
  });

  return {
    log,
    url,
    get: (path: string, headers: Record<string, string> = {}) =>
      fetch(url + path, { headers }),
    send: (
      method: string,
      path: string,
      body: unknown,
      headers: Record<string, string> = {},
    ) =>
      fetch(url + path, {
        method,
        headers: { "Content-Type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
  };
}

/** A database that breaks, and says more than a client should hear. */
export const broken: Database = {
  query: () => Promise.reject(new Error("password in /srv/secret.ts:1")),
  script: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

/** SQLite in memory, or a schema of its own when DATABASE_URL names a PostgreSQL server. */
async function emptyDatabase(test: TestContext): Promise<Database> {
  const server = process.env["DATABASE_URL"];
  const database = server?.startsWith("postgres")
    ? await connect(await emptySchema(test, server))
    : await connect("sqlite:///:memory:");
  await migrate(database);
  return database;
}

async function emptySchema(test: TestContext, server: string): Promise<string> {
  const schema = `test_${randomBytes(8).toString("hex")}`;
  const admin = await connect(server);
  await admin.script(`create schema ${schema}`);
  test.after(async () => {
    await admin.script(`drop schema ${schema} cascade`);
    await admin.close();
  });
  const url = new URL(server);
  url.searchParams.set("options", `-c search_path=${schema}`);
  return url.href;
}

/** Starts `src/main.ts` as a process of its own, with nothing in its environment but this. */
export function serve(
  test: TestContext,
  env: Record<string, string> = {},
  cwd = join(import.meta.dirname, ".."),
) {
  const server = spawn(process.execPath, ["src/main.ts"], {
    cwd,
    env: { DATABASE_URL: "sqlite:///:memory:", PORT: "0", ...env },
  });
  test.after(() => server.kill("SIGKILL"));

  let output = "";
  const listening = Promise.withResolvers<string>();
  const stopping = Promise.withResolvers<undefined>();
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
    const port = /"listening".*"port":(\d+)/.exec(output)?.[1];
    if (port) listening.resolve(`http://127.0.0.1:${port}`);
    if (output.includes('"message":"stopping"')) stopping.resolve(undefined);
  };
  server.stdout.on("data", collect);
  server.stderr.on("data", collect);

  const exit = once(server, "close") as Promise<[number | null, string | null]>;
  void exit.then(() => {
    listening.reject(new Error(output));
  });
  return {
    pid: server.pid,
    exit,
    listening: listening.promise,
    stop: async () => {
      server.kill("SIGTERM");
      await stopping.promise;
    },
  };
}

/** Opens the page, then its live connection, as a browser does. */
export async function connectLive(url: string): Promise<WebSocket> {
  const page = await fetch(url);
  const Cookie = (page.headers.get("Set-Cookie") ?? "").split(";")[0] ?? "";
  const client = new WebSocket(`${url.replace("http", "ws")}/live`, {
    origin: url,
    headers: { Cookie },
  });
  await once(client, "open");
  return client;
}

/** Waits for the next message of this type. */
export async function message(client: WebSocket, type: string) {
  for await (const [data] of on(client, "message")) {
    const text = (data as Buffer).toString();
    const received = JSON.parse(text) as Record<string, unknown>;
    if (received["type"] === type) return received;
  }
  throw new Error(`closed before a message of type ${type}`);
}

/** The body of an answer as plain data. */
export async function body(response: Response) {
  return (await response.json()) as Record<string, unknown>;
}
