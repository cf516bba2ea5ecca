import assert from "node:assert/strict";
import { once } from "node:events";
import { request as send, type IncomingMessage } from "node:http";
import { describe, it } from "node:test";

import { paths } from "./document.ts";
import { body, broken, start } from "./support.ts";

const production = { NODE_ENV: "production", ALLOWED_HOSTS: "127.0.0.1" };

describe("every answer", () => {
  it("carries the security headers in production, found or not", async (test) => {
    const { get } = await start(test, { env: production });
    for (const path of ["/", "/style.css", "/healthz", "/nothing", "/api/me"]) {
      const { headers } = await get(path);
      assert.equal(headers.get("X-Content-Type-Options"), "nosniff");
      assert.equal(headers.get("Referrer-Policy"), "same-origin");
      assert.match(headers.get("Strict-Transport-Security") ?? "", /max-age/);
      const policy = headers.get("Content-Security-Policy") ?? "";
      assert.match(policy, /default-src 'self'.*frame-ancestors 'none'/);
      assert.doesNotMatch(policy, /unsafe/);
      assert.equal(headers.get("X-Powered-By"), null);
    }
  });

  it("carries the request's id, when it is one", async (test) => {
    const { get } = await start(test);
    const echoed = async (id?: string) => {
      const headers = id === undefined ? {} : { "X-Request-ID": id };
      return (await get("/nothing", headers)).headers.get("X-Request-ID");
    };
    for (const id of ["a", "A_b-9", "x".repeat(128)])
      assert.equal(await echoed(id), id);
    for (const id of ["a b", "a.b", 'a"', "<a>", "é", "x".repeat(129), ""])
      assert.match((await echoed(id)) ?? "", /^[\da-f-]{36}$/, id);
    assert.notEqual(await echoed(), await echoed());
  });
});

describe("another host", () => {
  it("is refused in production", async (test) => {
    const { url } = await start(test, { env: production });
    const status = async (path: string, Host: string) => {
      const client = send(url + path, { headers: { Host } }).end();
      const [response] = (await once(client, "response")) as [IncomingMessage];
      response.resume();
      return response.statusCode;
    };
    assert.equal(await status("/", "127.0.0.1:8080"), 200);
    for (const host of ["evil.test", "127.0.0.1.evil.test", "@", "[::1]"])
      for (const path of ["/", "/api/me", "/nothing"])
        assert.equal(await status(path, host), 421, host + path);
  });
});

describe("another origin", () => {
  const preflight = {
    method: "OPTIONS",
    headers: {
      Origin: "https://front.test",
      "Access-Control-Request-Method": "PATCH",
    },
  };

  it("may read nothing", async (test) => {
    const { url } = await start(test);
    for (const path of ["/", "/api/me"]) {
      const response = await fetch(url + path, preflight);
      assert.equal(response.headers.get("Access-Control-Allow-Origin"), null);
    }
  });

  it("may use the API when CORS_ORIGINS names it", async (test) => {
    const CORS_ORIGINS = "https://front.test";
    const { url, api } = await start(test, { env: { CORS_ORIGINS } });
    const allowed = "Access-Control-Allow-Origin";
    const response = await fetch(`${url}/api/me`, preflight);
    assert.equal(response.status, 204);
    assert.equal(response.headers.get(allowed), CORS_ORIGINS);
    assert.match(
      response.headers.get("Access-Control-Allow-Headers") ?? "",
      /Authorization/,
    );
    const from = (Origin: string) =>
      api("GET", "/api/me", undefined, { Origin });
    const known = await from(CORS_ORIGINS);
    assert.equal(known.status, 200);
    assert.equal(known.headers.get(allowed), CORS_ORIGINS);
    assert.equal(known.headers.get("Vary"), "Origin");
    const unknown = await from("https://evil.test");
    assert.equal(unknown.headers.get(allowed), null);
  });
});

describe("the log", () => {
  it("has a line for each request, with its id and route", async (test) => {
    const { api, log } = await start(test);
    await api("GET", "/api/me", undefined, { "X-Request-ID": "one" });
    await api("GET", "/api/nothing");
    const [first, second] = await log(2);
    const { time, ms, ...line } = first ?? {};
    assert.ok(Date.parse(String(time)) > 0);
    assert.ok(Number(ms) >= 0);
    assert.deepEqual(line, {
      level: "info",
      message: "request",
      request: "one",
      method: "GET",
      path: "/api/me",
      route: "/api/me",
      status: 200,
    });
    assert.equal(second?.["status"], 404);
    assert.equal(second["route"], undefined);
  });

  it("keeps queries, headers and bodies to itself", async (test) => {
    const { api, token, log } = await start(test);
    const headers = { Cookie: "secret-1", "User-Agent": "secret-2" };
    await api("POST", "/api/me?secret-3", { password: "secret-4" }, headers);
    const text = JSON.stringify(await log(1));
    assert.doesNotMatch(text, /secret/);
    assert.ok(!text.includes(token));
  });

  it("obeys LOG_LEVEL", async (test) => {
    const env = { LOG_LEVEL: "warn" };
    const { get, lines } = await start(test, { env });
    await get("/");
    await get("/");
    assert.deepEqual(lines, []);
  });

  it("has the error that the client is not told", async (test) => {
    const env = production;
    const { api, log } = await start(test, { database: broken, env });
    const response = await api("GET", "/api/me");
    assert.equal(response.status, 500);
    assert.doesNotMatch(JSON.stringify([...response.headers]), /secret/);
    assert.deepEqual(await body(response), {
      type: "about:blank",
      title: "Internal Server Error",
      status: 500,
    });
    const [line] = await log(1);
    assert.equal(line?.["level"], "error");
    assert.match(String(line["error"]), /secret\.ts:1/);
    assert.equal(line["request"], response.headers.get("X-Request-ID"));
  });
});

describe("the OpenAPI document", () => {
  it("is served, and names every route of the API and no other", async (test) => {
    const { get, router } = await start(test);
    assert.equal((await get("/openapi.json")).status, 200);
    const routes = [...router.routes]
      .filter(([path]) => path.startsWith("/api/"))
      .map(([path, handlers]) => {
        const template = path.replace(/:(\w+)(\(.*\))?/, "{$1}");
        return [template, Object.keys(handlers).sort()];
      });
    const documented = Object.entries(paths).map(([path, operations]) => {
      const methods = Object.keys(operations).map((key) => key.toUpperCase());
      return [path, methods.filter((key) => key !== "PARAMETERS").sort()];
    });
    assert.deepEqual(
      Object.fromEntries(documented),
      Object.fromEntries(routes),
    );
  });
});
