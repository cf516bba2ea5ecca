import assert from "node:assert/strict";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { describe, it } from "node:test";

import { HttpError } from "../src/http/problem.ts";
import { Router } from "../src/http/router.ts";

/** Sends a request through a router without a server; returns what was called, and the answer. */
async function route(method: string, url: string) {
  const calls: unknown[] = [];
  const router = new Router(() => void calls.push("fallback"));
  router.add("/books/:id", {
    GET: ({ params }) => void calls.push(params["id"]),
    DELETE: () => void calls.push("deleted"),
  });
  const req = new IncomingMessage(new Socket());
  Object.assign(req, { method, url });
  const res = new ServerResponse(req);
  await router.handle(req, res).catch((error: unknown) => {
    assert.ok(error instanceof HttpError);
    calls.push(error.status);
  });
  return { calls, allow: res.getHeader("Allow") };
}

describe("the router", () => {
  it("finds the handler by path and method, and reads parameters", async () => {
    assert.deepEqual((await route("GET", "/books/7?x=1")).calls, ["7"]);
    assert.deepEqual((await route("DELETE", "/books/7")).calls, ["deleted"]);
  });

  it("answers HEAD by GET", async () => {
    assert.deepEqual((await route("HEAD", "/books/7")).calls, ["7"]);
  });

  it("names the allowed methods", async () => {
    for (const method of ["PUT", "constructor"]) {
      const { calls, allow } = await route(method, "/books/7");
      assert.deepEqual(calls, [405]);
      assert.equal(allow, "GET, HEAD, DELETE");
    }
  });

  it("leaves every other path to the fallback", async () => {
    for (const path of ["/", "/books", "/books/7/pages", "//books/7"])
      assert.deepEqual((await route("GET", path)).calls, ["fallback"], path);
  });

  it("refuses what is no path", async () => {
    assert.deepEqual((await route("GET", "http://[")).calls, [400]);
  });
});
