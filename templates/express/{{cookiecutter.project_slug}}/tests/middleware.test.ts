import assert from "node:assert/strict";
import { describe, it } from "node:test";

import express from "express";

import { start } from "./support.ts";

describe("middleware", () => {
  it("is all an application consists of: a new one has none", () => {
    assert.equal(express().router.stack.length, 0);
  });

  it("runs in the order in which it was added", async (test) => {
    const { app, get } = await start(test);
    const names = app.router.stack.map((layer) => layer.name);
    const position = (name: string) => names.indexOf(name);
    assert.ok(position("helmetMiddleware") < position("serveStatic"));
    assert.ok(position("serveStatic") < position("router"));
    assert.deepEqual(names.slice(-2), ["notFound", "handleError"]);

    // Logging stands first, so a file and an unknown path get an id, too.
    for (const path of ["/style.css", "/nothing"]) {
      const { headers } = await get(path);
      assert.match(headers.get("X-Request-Id") ?? "", /^[\w-]{36}$/);
    }
  });
});
