import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, it } from "node:test";

import { createToken } from "../src/tokens.ts";
import { openDatabase, run, start } from "./support.ts";

// Windows ends a process at once, whatever the signal.
const skip = process.platform === "win32";
const production = { PORT: "0", ALLOWED_HOSTS: "127.0.0.1" };

describe("the process", () => {
  it("does not start in production without its hosts", async (test) => {
    const { url: DATABASE_URL } = await openDatabase(test);
    const { exit } = run(test, { PORT: "0", DATABASE_URL }, "main.ts");
    const { code, output } = await exit;
    assert.equal(code, 1);
    assert.match(output, /ALLOWED_HOSTS/);
  });

  it("names a port that is taken", async (test) => {
    const { url: DATABASE_URL } = await openDatabase(test);
    const env = { ...production, DATABASE_URL };
    const { port } = new URL(await run(test, env, "main.ts").listening);
    const { exit } = run(test, { ...env, PORT: port }, "main.ts");
    const { code, output } = await exit;
    assert.equal(code, 1);
    assert.equal(
      output,
      `listen EADDRINUSE: address already in use 127.0.0.1:${port}. Is PORT=${port} taken?\n`,
    );
  });

  it("answers what has begun before it stops", { skip }, async (test) => {
    const { url: DATABASE_URL, database } = await openDatabase(test);
    const token = await createToken(database, "tests", "read");
    const env = { ...production, DATABASE_URL, DRAIN_SECONDS: "1" };
    const { child, exit, listening } = run(test, env, "main.ts");
    const url = await listening;
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `GET /api/me HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n`,
    );
    await once(socket, "connect");
    assert.equal((await fetch(`${url}/readyz`)).status, 200);

    child.kill("SIGTERM");
    let ready = await fetch(`${url}/readyz`);
    while (ready.status === 200) ready = await fetch(`${url}/readyz`);
    assert.equal(ready.status, 503);
    assert.equal(ready.headers.get("Connection"), "close");
    // It still takes new requests, and says that the connection ends.
    const home = await fetch(url);
    assert.equal(home.status, 200);
    assert.equal(home.headers.get("Connection"), "close");

    socket.write("\r\n");
    assert.match(await text(socket), /^HTTP\/1\.1 200 OK/);
    assert.equal((await exit).code, 0);
  });
});

describe("stopping", () => {
  it("ends the listener, and does not wait for idle connections", async (test) => {
    const { get, server, stop } = await start(test, {
      env: { DRAIN_SECONDS: "0" },
    });
    assert.equal((await get("/")).status, 200);
    await stop();
    assert.equal(server.listening, false);
  });

  it("has a limit for slow senders", async (test) => {
    const { server } = await start(test);
    assert.ok(server.headersTimeout <= 15_000);
    assert.ok(server.requestTimeout > 0 && server.requestTimeout <= 25_000);
  });
});
