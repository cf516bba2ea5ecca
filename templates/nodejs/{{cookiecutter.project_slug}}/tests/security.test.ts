import assert from "node:assert/strict";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, it } from "node:test";

import { SECRET, start } from "./support.ts";

const env = { NODE_ENV: "production", SECRET_KEY: SECRET };

describe("security in production", () => {
  it("sends its headers on every answer, found or not", async (test) => {
    const { get } = await start(test, { env });
    for (const path of ["/", "/style.css", "/healthz", "/nothing"]) {
      const { headers } = await get(path);
      assert.equal(headers.get("X-Content-Type-Options"), "nosniff");
      assert.equal(headers.get("Referrer-Policy"), "no-referrer");
      assert.match(headers.get("Strict-Transport-Security") ?? "", /max-age/);
      const policy = headers.get("Content-Security-Policy") ?? "";
      assert.match(policy, /default-src 'self'.*frame-ancestors 'none'/);
      assert.doesNotMatch(policy, /unsafe/);
      assert.equal(headers.get("Server"), null);
      assert.equal(headers.get("X-Powered-By"), null);
    }
  });

  it("keeps the cookie from scripts, other sites and plain HTTP", async (test) => {
    const { get } = await start(test, { env });
    const response = await get("/");
    const cookie = response.headers.get("Set-Cookie") ?? "";
    assert.match(cookie, /^__Host-visitor=/);
    for (const attribute of ["HttpOnly", "Secure", "SameSite=Strict"])
      assert.ok(cookie.includes(`; ${attribute}`), attribute);
    assert.equal(response.headers.get("Cache-Control"), "no-store");

    const Cookie = cookie.split(";")[0] ?? "";
    const known = await get("/", { Cookie });
    assert.equal(known.headers.get("Set-Cookie"), null);
  });

  it("shares nothing with other origins", async (test) => {
    const { get } = await start(test, { env });
    const { headers } = await get("/", { Origin: "https://evil.test" });
    assert.equal(headers.get("Access-Control-Allow-Origin"), null);
  });

  it("builds no address from the Host header", async (test) => {
    const { url } = await start(test, { env });
    for (const path of ["/", "/nothing"]) {
      const { hostname, port } = new URL(url);
      const socket = connect(Number(port), hostname);
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n`,
      );
      assert.doesNotMatch(await text(socket), /evil\.test/);
    }
  });

  it("keeps headers and bodies out of the log", async (test) => {
    const { get, send, log } = await start(test, { env });
    await get("/", {
      Authorization: "Bearer token-1",
      Cookie: "visitor=token-2",
    });
    await send("POST", "/nothing", { password: "token-3" });
    assert.equal(log.length, 2);
    assert.doesNotMatch(JSON.stringify(log), /token-/);
  });
});
