import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { sql } from "kysely";

import { createToken } from "../src/tokens.ts";
import { body, PRODUCTION, raw, start } from "./support.ts";

const ORIGIN = "https://app.example.com";

describe("security in production", () => {
  it("sends Helmet's headers on every answer, found or not", async (test) => {
    const { request } = await start(test, PRODUCTION);
    for (const path of ["/", "/style.css", "/nothing", "/api/nothing"]) {
      const { headers } = await request(path);
      assert.equal(headers.get("X-Content-Type-Options"), "nosniff");
      assert.equal(headers.get("Referrer-Policy"), "same-origin");
      assert.match(headers.get("Strict-Transport-Security") ?? "", /max-age/);
      const policy = headers.get("Content-Security-Policy") ?? "";
      assert.match(policy, /default-src 'self'/);
    }
    for (const path of ["/", "/healthz", "/api/me"]) {
      const { headers } = await request(path);
      assert.equal(headers.get("X-Powered-By"), null);
      assert.equal(headers.get("Server"), null);
    }
  });

  it("is what Express is told, too", async (test) => {
    const { app } = await start(test, PRODUCTION);
    assert.equal(app.get("env"), "production");
    assert.equal(app.get("view cache"), true);
  });

  it("shows nothing of the inside when something breaks", async (test) => {
    const { get, database } = await start(test, PRODUCTION);
    await sql`drop table tokens`.execute(database);
    const response = await get("/api/me");
    assert.deepEqual(await body(response), {
      type: "about:blank",
      title: "Internal Server Error",
      status: 500,
    });
    assert.equal(response.status, 500);
  });

  it("answers to its own names only", async (test) => {
    const { url } = await start(test, PRODUCTION);
    assert.match(await raw(url, "/", "127.0.0.1:80"), /^HTTP\/1\.1 200/);
    for (const path of ["/", "/style.css", "/api/me", "/openapi.json"]) {
      const answer = await raw(url, path, "evil.test");
      assert.match(answer, /^HTTP\/1\.1 421/, path);
      assert.doesNotMatch(answer, /evil\.test/, path);
    }
  });

  it("serves no file outside public/", async (test) => {
    const { url } = await start(test, PRODUCTION);
    const paths = [
      "/../package.json",
      "/..%2fpackage.json",
      "/%2e%2e/package.json",
      "/..\\package.json",
      "/%2e%2e%5cpackage.json",
      "/.env",
    ];
    for (const path of paths) {
      const answer = await raw(url, path);
      assert.match(answer, /^HTTP\/1\.1 40[034]/, path);
      assert.doesNotMatch(answer, /dependencies/, path);
    }
  });

  it("believes a forwarded host only of a proxy it trusts", async (test) => {
    const forwarded = { headers: { "X-Forwarded-Host": "evil.test" } };
    const direct = await start(test, PRODUCTION);
    assert.equal((await direct.request("/", forwarded)).status, 200);
    const behind = await start(test, { ...PRODUCTION, TRUST_PROXY: "1" });
    assert.equal((await behind.request("/", forwarded)).status, 421);
  });
});

describe("other origins", () => {
  it("get nothing by default", async (test) => {
    const { get } = await start(test, PRODUCTION);
    const { headers } = await get("/api/me", { Origin: ORIGIN });
    assert.equal(headers.get("Access-Control-Allow-Origin"), null);
  });

  it("get what CORS_ORIGINS allows", async (test) => {
    const env = { ...PRODUCTION, CORS_ORIGINS: `${ORIGIN}, https://b.test` };
    const { get, request } = await start(test, env);
    const allowed = async (Origin: string) =>
      (await get("/api/me", { Origin })).headers.get(
        "Access-Control-Allow-Origin",
      );
    assert.equal(await allowed(ORIGIN), ORIGIN);
    assert.equal(await allowed("https://evil.test"), null);
    const preflight = await request("/api/me", {
      method: "OPTIONS",
      headers: { Origin: ORIGIN, "Access-Control-Request-Method": "GET" },
    });
    assert.equal(preflight.status, 204);
  });
});

describe("the limit of requests", () => {
  it("holds for each token", async (test) => {
    const { get, database } = await start(test, { API_RATE: "2" });
    for (const status of [200, 200, 429])
      assert.equal((await get("/api/me")).status, status);
    const refused = await get("/api/me", { "X-Forwarded-For": "192.0.2.1" });
    assert.ok(Number(refused.headers.get("Retry-After")) > 0);
    assert.equal((await body(refused))["status"], 429);

    const other = await createToken(database, "other", "read");
    const Authorization = `Bearer ${other}`;
    assert.equal((await get("/api/me", { Authorization })).status, 200);
  });
});
