import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";

import express from "express";
import createError from "http-errors";
import { z } from "zod";

import {
  handleError,
  methodNotAllowed,
  parse,
} from "../src/middleware/problem.ts";
import { body } from "./support.ts";

const secret = "password in /srv/app/src/secret.ts:1";
const OUR_FAULTS = ["/throws", "/rejects", "/library", "/gateway", "/inner"];
const schema = z.object({ size: z.number() });

/** An application whose routes fail, each in its own way. */
async function failing(test: TestContext, accept = "application/json") {
  const app = express();
  app.set("views", join(import.meta.dirname, "../views"));
  app.set("view engine", "ejs");
  app.locals["title"] = "Failing";
  app.get("/throws", () => {
    throw new Error(secret);
  });
  app.get("/rejects", async () => {
    await Promise.reject(new Error(secret));
  });
  // Libraries have statuses of their own, about requests that our client knows nothing of.
  app.get("/library", () => {
    throw Object.assign(new Error(secret), { status: 404 });
  });
  app.get("/gateway", () => {
    throw createError(502, secret);
  });
  app.get("/inner", () => schema.parse({ [secret]: 1 }));
  app.get("/teapot", () => {
    throw createError(418, "Short and <stout>.");
  });
  app.get("/invalid", () => parse(schema, {}));
  app.get("/items/:id", () => undefined);
  app.all("/closed", methodNotAllowed("PUT"));
  app.use(handleError);

  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  test.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return (path: string) =>
    fetch(`http://127.0.0.1:${String(port)}${path}`, {
      headers: { Accept: accept },
    });
}

describe("problems", () => {
  it("tell nothing about an error of the server's own", async (test) => {
    for (const accept of ["application/json", "text/html"]) {
      const get = await failing(test, accept);
      for (const path of OUR_FAULTS) {
        const response = await get(path);
        assert.equal(response.status, 500, path);
        const answer = await response.text();
        assert.match(answer, /Internal Server Error/);
        assert.doesNotMatch(answer, /password|size|node_modules|\bat \//);
      }
    }
  });

  it("follow RFC 9457", async (test) => {
    const get = await failing(test);
    const response = await get("/teapot");
    assert.equal(response.status, 418);
    assert.match(
      response.headers.get("Content-Type") ?? "",
      /^application\/problem\+json/,
    );
    assert.deepEqual(await body(response), {
      type: "about:blank",
      title: "I'm a Teapot",
      status: 418,
      detail: "Short and <stout>.",
    });
  });

  it("name the invalid fields", async (test) => {
    const get = await failing(test);
    const { status, errors } = await body(await get("/invalid"));
    assert.equal(status, 422);
    assert.deepEqual(Object.keys(errors as object), ["size"]);
  });

  it("name the allowed methods", async (test) => {
    const response = await (await failing(test))("/closed");
    assert.equal(response.status, 405);
    assert.equal(response.headers.get("Allow"), "PUT");
  });

  it("blame the client for a path that cannot be decoded", async (test) => {
    const get = await failing(test);
    assert.equal((await get("/items/%zz")).status, 400);
  });

  it("are escaped pages for a browser", async (test) => {
    const response = await (await failing(test, "text/html"))("/teapot");
    assert.match(response.headers.get("Content-Type") ?? "", /^text\/html/);
    assert.match(await response.text(), /Short and &lt;stout&gt;/);
  });
});
