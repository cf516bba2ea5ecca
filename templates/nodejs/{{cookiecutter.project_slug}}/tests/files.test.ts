import assert from "node:assert/strict";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, it } from "node:test";

import { start } from "./support.ts";

describe("files", () => {
  it("come with their type and a tag to ask again with", async (test) => {
    const { get } = await start(test);
    const first = await get("/style.css");
    assert.equal(first.headers.get("Content-Type"), "text/css; charset=utf-8");
    assert.match(await first.text(), /^:root/);
    const etag = first.headers.get("ETag") ?? "";
    const second = await get("/style.css", { "If-None-Match": etag });
    assert.equal(second.status, 304);
    assert.equal(await second.text(), "");
  });

  it("answer HEAD like GET, without the body", async (test) => {
    const { url } = await start(test);
    for (const path of ["/", "/style.css", "/healthz"]) {
      const response = await fetch(url + path, { method: "HEAD" });
      assert.equal(response.status, 200, path);
      assert.equal(await response.text(), "");
    }
  });

  it("are served from public/ only", async (test) => {
    const { url } = await start(test);
    const paths = [
      "/../package.json",
      "/..%2fpackage.json",
      "/%2e%2e/package.json",
      "/%2e%2e%2fpackage.json",
      "/..\\package.json",
      "/%2e%2e%5cpackage.json",
      "//package.json",
      "/.env",
      "/style.css%00.html",
      "/%E0%A4%A",
      "/.",
    ];
    for (const path of paths) {
      const answer = await raw(url, path);
      // "/." is the home page by another name.
      assert.match(
        answer,
        path === "/." ? /^HTTP\/1\.1 200/ : /^HTTP\/1\.1 40[04]/,
      );
      assert.doesNotMatch(answer, /devDependencies/, path);
    }
  });

  it("build the page without innerHTML: what people write stays text", async (test) => {
    const { get } = await start(test);
    const page = await (await get("/")).text();
    const scripts = [...page.matchAll(/src="(\/\w+\.js)"/g)].map(
      ([, path]) => path,
    );
    assert.notEqual(scripts.length, 0);
    for (const path of [...scripts, "/live.js"]) {
      const script = await (await get(path ?? "")).text();
      assert.doesNotMatch(
        script.replaceAll(/\/\/.*/g, ""),
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b/,
      );
    }
  });
});

/** Sends a path that `fetch` would tidy up first. */
async function raw(url: string, path: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  return text(socket);
}
