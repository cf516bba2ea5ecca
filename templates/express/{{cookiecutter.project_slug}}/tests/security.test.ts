import assert from "node:assert/strict";
import { connect as openSocket } from "node:net";
import { text } from "node:stream/consumers";
import { describe, it } from "node:test";

import { SECRET, start } from "./support.ts";

const production = { NODE_ENV: "production", SECRET_KEY: SECRET };

describe("security in production", () => {
  it("sends Helmet's headers on every answer, found or not", async (test) => {
    const { get } = await start(test, production);
    for (const path of ["/", "/style.css", "/nothing", "/api/nothing"]) {
      const { headers } = await get(path);
      assert.equal(headers.get("X-Content-Type-Options"), "nosniff");
      assert.equal(headers.get("Referrer-Policy"), "no-referrer");
      assert.match(headers.get("Strict-Transport-Security") ?? "", /max-age/);
      const policy = headers.get("Content-Security-Policy") ?? "";
      assert.match(policy, /default-src 'self'/);
      assert.match(policy, /upgrade-insecure-requests/);
      assert.equal(headers.get("X-Powered-By"), null);
      assert.equal(headers.get("Server"), null);
    }
  });

  it("shares nothing with other origins", async (test) => {
    const { get } = await start(test, production);
    const { headers } = await get("/", {
      Origin: "https://evil.test",
    });
    assert.equal(headers.get("Access-Control-Allow-Origin"), null);
  });

  it("serves no file outside public/", async (test) => {
    const { url } = await start(test, production);
    const paths = [
      "/../package.json",
      "/..%2fpackage.json",
      "/%2e%2e/package.json",
      "/..\\package.json",
      "/%2e%2e%5cpackage.json",
      "/.env",
    ];
    for (const path of paths) {
      const answer = await raw(url, `GET ${path} HTTP/1.1\r\nHost: a\r\n`);
      assert.match(answer, /^HTTP\/1\.1 40[034]/, path);
      assert.doesNotMatch(answer, /dependencies/, path);
    }
  });

  it("believes no forwarded address unless a proxy is configured", async (test) => {
    const trusts = async (TRUST_PROXY: string) => {
      const { app } = await start(test, { ...production, TRUST_PROXY });
      const trust = app.get("trust proxy fn") as (
        address: string,
        hop: number,
      ) => boolean;
      return trust("203.0.113.9", 0);
    };
    assert.equal(await trusts(""), false);
    assert.equal(await trusts("1"), true);
  });

  it("builds no address from the Host header", async (test) => {
    const { url } = await start(test, production);
    for (const path of ["/", "/nothing"]) {
      const answer = await raw(
        url,
        `GET ${path} HTTP/1.1\r\nHost: evil.test\r\n`,
      );
      assert.doesNotMatch(answer, /evil\.test/, path);
    }
  });
});

/** Sends bytes that `fetch` would tidy up first. */
async function raw(url: string, head: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = openSocket(Number(port), hostname);
  socket.write(`${head}Connection: close\r\n\r\n`);
  return text(socket);
}
