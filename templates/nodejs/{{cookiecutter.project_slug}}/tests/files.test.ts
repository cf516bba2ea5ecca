import assert from "node:assert/strict";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, it } from "node:test";

import { start } from "./support.ts";

describe("files", () => {
  it("come with their type and length", async (test) => {
    const { get } = await start(test);
    const first = await get("/style.css");
    assert.equal(first.headers.get("Content-Type"), "text/css; charset=utf-8");
    const css = await first.text();
    assert.match(css, /^:root/);
    assert.equal(first.headers.get("Content-Length"), String(css.length));
  });

  it("answer HEAD like GET, without the body", async (test) => {
    const { url } = await start(test);
    for (const path of ["/", "/style.css", "/openapi.json"]) {
      const response = await fetch(url + path, { method: "HEAD" });
      assert.equal(response.status, 200, path);
      assert.equal(await response.text(), "");
    }
  });

  it("are those of public/, and no others", async (test) => {
    const { url } = await start(test);
    const paths = [
      "/../package.json",
      "/..%2fpackage.json",
      "/%2e%2e/package.json",
      "/%2e%2e%2fpackage.json",
      "/..\\package.json",
      "//package.json",
      "/.env",
      "/style.css%00.html",
      "/%E0%A4%A",
    ];
    const { hostname, port } = new URL(url);
    for (const path of paths) {
      // `fetch` would tidy up the path first.
      const socket = connect(Number(port), hostname);
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
      );
      assert.match(await text(socket), /^HTTP\/1\.1 40[04]/, path);
    }
  });
});
