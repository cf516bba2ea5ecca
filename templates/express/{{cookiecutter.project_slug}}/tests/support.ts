import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { connect as openSocket, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { TestContext } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

import { sql } from "kysely";

import { createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { connect, migrate } from "../src/database.ts";
import { createLogger } from "../src/middleware/log-requests.ts";
import { createToken } from "../src/tokens.ts";

type Headers = Record<string, string>;

export const PRODUCTION = {
  NODE_ENV: "production",
  ALLOWED_HOSTS: "127.0.0.1",
};

/** Starts the application on a free port with an empty database; both end with the test. */
export async function start(test: TestContext, env: Headers = {}) {
  const database = connect(await emptyDatabase(test));
  await migrate(database);
  const token = await createToken(database, "test", "read,write");

  const config = readConfig({ NODE_ENV: "test", ...env });
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger(config.LOG_LEVEL, {
    write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>),
  });
  const app = createApp(config, database, logger);
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${String(port)}`;

  test.after(async () => {
    server.close();
    server.closeAllConnections();
    await database.destroy();
  });

  /** Sends what it is told to, and no token. */
  const request = (path: string, init: RequestInit = {}) =>
    fetch(url + path, { redirect: "manual", ...init });
  const Authorization = `Bearer ${token}`;

  return {
    app,
    database,
    lines,
    token,
    url,
    request,
    get: (path: string, headers: Headers = {}) =>
      request(path, { headers: { Authorization, ...headers } }),
    send: (method: string, path: string, body: unknown, headers?: Headers) =>
      request(path, {
        method,
        headers: {
          Authorization,
          "Content-Type": "application/json",
          ...headers,
        },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    /** The line that the log has about an answer. It may come a moment after the answer itself. */
    logged: async (response: Response) => {
      const id = response.headers.get("X-Request-ID");
      for (;;) {
        const line = lines.find(({ req }) => (req as { id: string }).id === id);
        if (line) return line;
        await delay(1);
      }
    },
  };
}

/** SQLite in memory, or a new database on the PostgreSQL server of TEST_DATABASE_URL. */
async function emptyDatabase(test: TestContext): Promise<string> {
  const server = process.env["TEST_DATABASE_URL"];
  if (!server) return "sqlite:///:memory:";

  const name = `test_${randomBytes(8).toString("hex")}`;
  const admin = connect(server);
  await sql`create database ${sql.id(name)}`.execute(admin);
  test.after(async () => {
    await sql`drop database ${sql.id(name)} with (force)`.execute(admin);
    await admin.destroy();
  });
  const url = new URL(server);
  url.pathname = name;
  return url.href;
}

const root = join(import.meta.dirname, "..");

/** The environment of a process that has a SQLite file of its own. */
export function ownDatabase(test: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "app-"));
  test.after(() => {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });
  return { DATABASE_URL: `sqlite:///${join(folder, "app.db")}` };
}

/** Runs `src/commands/NAME.ts` and returns its last line. */
export async function run(env: Headers, name: string, ...words: string[]) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [`src/commands/${name}.ts`, ...words],
    { cwd: root, env },
  );
  return stdout.trimEnd().split("\n").at(-1) ?? "";
}

/** Starts `src/server.ts` as a process of its own, with nothing in its environment but this. */
export function serve(test: TestContext, env: Headers = {}) {
  const server = spawn(process.execPath, ["src/server.ts"], {
    cwd: root,
    env: { DATABASE_URL: "sqlite:///:memory:", PORT: "0", ...env },
  });
  test.after(() => server.kill("SIGKILL"));

  let output = "";
  const listening = Promise.withResolvers<string>();
  const stopping = Promise.withResolvers<undefined>();
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
    const port = /"port":(\d+)\},"msg":"listening"/.exec(output)?.[1];
    if (port) listening.resolve(`http://127.0.0.1:${port}`);
    if (output.includes('"msg":"stopping"')) stopping.resolve(undefined);
  };
  server.stdout.on("data", collect);
  server.stderr.on("data", collect);

  const exit = once(server, "close") as Promise<[number | null, string | null]>;
  void exit.then(() => {
    listening.reject(new Error(output));
  });
  return {
    exit,
    listening: listening.promise,
    stop: async () => {
      server.kill("SIGTERM");
      await stopping.promise;
    },
  };
}

/** Opens a connection and sends bytes that `fetch` would tidy up first. */
export function open(url: string, bytes: string) {
  const { hostname, port } = new URL(url);
  const socket = openSocket(Number(port), hostname);
  socket.write(bytes);
  return socket;
}

/** The whole answer to a request for a path, as it came. */
export function raw(url: string, path: string, host = "127.0.0.1") {
  const head = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close`;
  return text(open(url, `${head}\r\n\r\n`));
}

/** The body of an answer as plain data. */
export async function body(response: Response) {
  return (await response.json()) as Record<string, unknown>;
}
