import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, it } from "node:test";

import { addFiles } from "../src/http/files.ts";
import { Router } from "../src/http/router.ts";
import { start } from "./support.ts";

describe("files", () => {
  it("come with their type, their length and a tag to ask again with", async (test) => {
    const { get } = await start(test);
    const first = await get("/style.css");
    assert.equal(first.headers.get("Content-Type"), "text/css; charset=utf-8");
    const css = await first.text();
    assert.match(css, /^:root/);
    assert.equal(first.headers.get("Content-Length"), String(css.length));
    const etag = first.headers.get("ETag") ?? "";
    const second = await get("/style.css", { "If-None-Match": etag });
    assert.equal(second.status, 304);
    assert.equal(await second.text(), "");
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

  it("of any name have a path", (test) => {
    const folder = mkdtempSync(join(tmpdir(), "public-"));
    test.after(() => {
      rmSync(folder, { recursive: true });
    });
    writeFileSync(join(folder, "50% off & ü (1).txt"), "");
    const router = new Router();
    addFiles(router, folder);
    const path = "/50%25%20off%20&%20%C3%BC%20(1).txt";
    assert.deepEqual([...router.routes.keys()], [path]);
    assert.equal(new URL(path, "http://localhost").pathname, path);
  });
});
