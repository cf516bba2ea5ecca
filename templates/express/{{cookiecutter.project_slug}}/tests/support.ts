import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { TestContext } from "node:test";

import { sql } from "kysely";
import { pino } from "pino";

import { createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { connect, migrate } from "../src/database.ts";

export const SECRET = randomBytes(32).toString("hex");

/** Starts the application on a free port with an empty database; both end with the test. */
export async function start(
  test: TestContext,
  env: Record<string, string> = {},
) {
  const databaseUrl = await emptyDatabase(test);
  const database = connect(databaseUrl);
  await migrate(database);

  const config = readConfig({ NODE_ENV: "test", SECRET_KEY: SECRET, ...env });
  const app = createApp(config, database, pino({ level: "silent" }));
  const server = createServer(app);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${String(port)}`;

  test.after(async () => {
    server.close();
    server.closeAllConnections();
    await database.destroy();
  });

  return {
    app,
    database,
    url,
    get: (path: string, headers: Record<string, string> = {}) =>
      fetch(url + path, { headers, redirect: "manual" }),
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
        redirect: "manual",
      }),
  };
}

/** SQLite in memory, or a schema of its own when DATABASE_URL names a PostgreSQL server. */
async function emptyDatabase(test: TestContext): Promise<string> {
  const server = process.env["DATABASE_URL"];
  if (!server?.startsWith("postgres")) return "sqlite:///:memory:";

  const schema = `test_${randomBytes(8).toString("hex")}`;
  const admin = connect(server);
  await sql`create schema ${sql.id(schema)}`.execute(admin);
  test.after(async () => {
    await sql`drop schema ${sql.id(schema)} cascade`.execute(admin);
    await admin.destroy();
  });
  const url = new URL(server);
  url.searchParams.set("options", `-c search_path=${schema}`);
  return url.href;
}

/** Starts `src/server.ts` as a process of its own, with nothing in its environment but this. */
export function serve(
  test: TestContext,
  env: Record<string, string> = {},
  cwd = join(import.meta.dirname, ".."),
) {
  const server = spawn(process.execPath, ["src/server.ts"], {
    cwd,
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

/** The body of an answer as plain data. */
export async function body(response: Response) {
  return (await response.json()) as Record<string, unknown>;
}
