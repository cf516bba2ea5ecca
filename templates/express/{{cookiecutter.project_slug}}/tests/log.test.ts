import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { sql } from "kysely";

import { createLogger } from "../src/middleware/log-requests.ts";
import { start } from "./support.ts";

describe("the request id", () => {
  it("is the client's where that is harmless", async (test) => {
    const { request } = await start(test);
    for (const id of ["a", "A-b_9", "x".repeat(128)]) {
      const response = await request("/", { headers: { "X-Request-ID": id } });
      assert.equal(response.headers.get("X-Request-ID"), id);
    }
  });

  it("is a new one otherwise, on every answer", async (test) => {
    const { request } = await start(test);
    const bad = ["a b", "a.b", 'a"b', "<a>", "é", "x".repeat(300), ""];
    for (const id of bad)
      for (const path of ["/", "/style.css", "/nothing", "/api/me"]) {
        const headers = { "X-Request-ID": id };
        const given = await request(path, { headers });
        assert.match(given.headers.get("X-Request-ID") ?? "", /^[\w-]{36}$/);
      }
  });
});

describe("the log", () => {
  it("has one line for each answer", async (test) => {
    const { get, lines, logged } = await start(test);
    const response = await get("/api/me?page=1");
    const line = await logged(response);
    assert.equal(lines.length, 1);
    assert.equal(line["level"], 30);
    const id = response.headers.get("X-Request-ID");
    assert.deepEqual(line["req"], { id, method: "GET", path: "/api/me" });
    assert.deepEqual(line["res"], { statusCode: 200, route: "/api/me" });
    assert.equal(typeof line["responseTime"], "number");
    const missing = await logged(await get("/nothing"));
    assert.deepEqual(missing["res"], { statusCode: 404 });
  });

  it("tells nothing that is secret", async (test) => {
    const { send, lines, logged, token } = await start(test);
    const answers = await Promise.all([
      send("POST", "/api/me?q=hidden-query", { password: "hidden-body" }),
      send("POST", "/api/me", "{hidden-body"),
      send("POST", "/?q=hidden-query", "", {
        Cookie: "session=hidden-cookie",
        "X-Secret": "hidden-header",
        "User-Agent": "hidden-agent",
      }),
    ]);
    for (const answer of answers) await logged(answer);
    const written = JSON.stringify(lines);
    assert.doesNotMatch(written, /hidden/);
    assert.ok(!written.includes(token));
  });

  it("tells what went wrong when it is our fault", async (test) => {
    const { get, database, logged } = await start(test);
    await sql`drop table tokens`.execute(database);
    const line = await logged(await get("/api/me"));
    assert.equal(line["level"], 50);
    assert.match(JSON.stringify(line["err"]), /tokens.*stack/);
  });

  it("does not repeat the row that a database refused", () => {
    let written = "";
    const logger = createLogger("info", { write: (line) => (written += line) });
    const detail = "Failing row contains (secret).";
    logger.error(Object.assign(new Error("refused"), { detail }));
    assert.match(written, /refused/);
    assert.doesNotMatch(written, /secret/);
  });

  it("leaves out probes that succeed", async (test) => {
    const { request, lines, logged } = await start(test);
    await request("/healthz");
    await request("/readyz");
    await logged(await request("/"));
    assert.equal(lines.length, 1);
  });

  it("is as quiet as LOG_LEVEL says", async (test) => {
    const { request, lines } = await start(test, { LOG_LEVEL: "warn" });
    for (let count = 0; count < 10; count += 1) await request("/");
    assert.deepEqual(lines, []);
  });
});
