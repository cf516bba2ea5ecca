import assert from "node:assert/strict";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { describe, it } from "node:test";

import { HttpError } from "../src/http/answer.ts";
import { Router } from "../src/http/router.ts";

/** Sends a request through a router without a server; returns what was called. */
async function route(method: string, path: string) {
  const calls: unknown[] = [];
  const router = new Router();
  router.add("/books/new", { GET: () => void calls.push("new") });
  router.add("/books/:id", {
    GET: ({ params }) => void calls.push(params["id"]),
    DELETE: () => void calls.push("deleted"),
  });
  const req = new IncomingMessage(new Socket());
  req.method = method;
  const res = new ServerResponse(req);
  const url = new URL(path, "http://localhost");
  try {
    await router.handle({ req, res, url, token: undefined });
  } catch (error) {
    assert.ok(error instanceof HttpError);
    calls.push(error.status, error.details.headers?.["Allow"]);
  }
  return calls;
}

describe("the router", () => {
  it("finds the handler by path and method, and reads parameters", async () => {
    assert.deepEqual(await route("GET", "/books/7?x=1"), ["7"]);
    assert.deepEqual(await route("GET", "/books/new"), ["new"]);
    assert.deepEqual(await route("DELETE", "/books/7"), ["deleted"]);
  });

  it("answers HEAD by GET", async () => {
    assert.deepEqual(await route("HEAD", "/books/7"), ["7"]);
  });

  it("names the allowed methods", async () => {
    for (const method of ["PUT", "constructor"])
      assert.deepEqual(await route(method, "/books/7"), [
        405,
        "GET, HEAD, DELETE",
      ]);
  });

  it("knows no other path", async () => {
    for (const path of ["/", "/books", "/books/7/pages", "/%62ooks/7"])
      assert.deepEqual(await route("GET", path), [404, undefined], path);
  });
});
