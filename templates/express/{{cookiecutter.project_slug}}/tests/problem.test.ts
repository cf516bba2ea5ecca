import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";

import express from "express";
import { z } from "zod";

import {
  handleError,
  HttpError,
  methodNotAllowed,
} from "../src/middleware/problem.ts";
import { body } from "./support.ts";

const secret = "password in /srv/app/src/secret.ts:1";

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
  app.get("/teapot", () => {
    throw new HttpError(418, "Short and <stout>.");
  });
  app.get("/invalid", () => z.object({ size: z.number() }).parse({}));
  app.all("/closed", methodNotAllowed("PUT"));
  app.use(handleError);

  const server = createServer(app).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
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
      for (const path of ["/throws", "/rejects"]) {
        const response = await get(path);
        assert.equal(response.status, 500);
        const answer = await response.text();
        assert.match(answer, /Internal Server Error/);
        assert.doesNotMatch(answer, /password|\.ts|node_modules|\bat \//);
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

  it("are escaped pages for a browser", async (test) => {
    const response = await (await failing(test, "text/html"))("/teapot");
    assert.match(response.headers.get("Content-Type") ?? "", /^text\/html/);
    assert.match(await response.text(), /Short and &lt;stout&gt;/);
  });
});
