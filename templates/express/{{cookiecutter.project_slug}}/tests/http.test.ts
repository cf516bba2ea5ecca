import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, it } from "node:test";

import { open, start } from "./support.ts";

describe("HTTP", () => {
  it("shows a home page to anyone, with its style sheet", async (test) => {
    const { request } = await start(test);
    const response = await request("/");
    assert.equal(response.status, 200);
    assert.match(response.headers.get("Content-Type") ?? "", /^text\/html/);
    const html = await response.text();
    const sheet = /href="([^"]+\.css)"/.exec(html)?.[1] ?? "";
    assert.equal((await request(sheet)).status, 200);
    for (const [, path = ""] of html.matchAll(/<a href="([^"]+)"/g))
      assert.notEqual((await request(path)).status, 404, path);
  });

  it("escapes what the page is told", async (test) => {
    const { app, request } = await start(test);
    app.locals["title"] = "<i>x</i>";
    assert.match(await (await request("/")).text(), /&lt;i&gt;x&lt;/);
  });

  it("sends nothing again that the client still has", async (test) => {
    const { request } = await start(test);
    for (const path of ["/", "/style.css"]) {
      const etag = (await request(path)).headers.get("ETag") ?? "";
      const second = await request(path, {
        headers: {
          "If-None-Match": etag,
          // fetch would say "no-cache" here, which asks for the whole answer.
          "Cache-Control": "max-age=0",
        },
      });
      assert.equal(second.status, 304, path);
      assert.equal(await second.text(), "");
    }
  });

  it("answers HEAD like GET, without the body", async (test) => {
    const { request } = await start(test);
    const response = await request("/", { method: "HEAD" });
    assert.equal(response.status, 200);
    assert.equal(await response.text(), "");
  });

  it("refuses a body that is too large before it is sent", async (test) => {
    const { token, url } = await start(test);
    const head = [
      "POST /api/me HTTP/1.1",
      "Host: 127.0.0.1",
      `Authorization: Bearer ${token}`,
      "Content-Type: application/json",
      "Content-Length: 1000000000",
    ];
    const socket = open(url, `${head.join("\r\n")}\r\n\r\n`);
    test.after(() => socket.destroy());
    const [answer] = (await once(socket, "data")) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1\.1 413/);
  });

  it("answers an unknown path in the form the client asks for", async (test) => {
    const { request } = await start(test);
    const kinds = [
      ["text/html,application/xml;q=0.9,*/*;q=0.8", /^text\/html/],
      ["*/*", /^application\/problem\+json/],
      ["application/json", /^application\/problem\+json/],
    ] as const;
    for (const [Accept, type] of kinds) {
      const response = await request("/nothing", { headers: { Accept } });
      assert.equal(response.status, 404);
      assert.match(response.headers.get("Content-Type") ?? "", type);
    }
  });
});
