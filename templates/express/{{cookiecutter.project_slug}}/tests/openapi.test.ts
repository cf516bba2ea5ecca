import assert from "node:assert/strict";
import { describe, it } from "node:test";

import type { IRouter } from "express";

import { body, start } from "./support.ts";

/** Every method and path that the router answers, such as `get /api/me`. */
function operations(router: IRouter): string[] {
  return router.stack.flatMap(({ route, handle }) => {
    if (!route) return "stack" in handle ? operations(handle as IRouter) : [];
    const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
    const methods = route.stack.map(({ method }) => method);
    return methods.filter(Boolean).map((method) => `${method} ${path}`);
  });
}

describe("the OpenAPI document", () => {
  it("names every operation of the API, and no other", async (test) => {
    const { app, request } = await start(test);
    const document = await body(await request("/openapi.json"));
    assert.match(String(document["openapi"]), /^3\.1\./);
    const paths = document["paths"] as Record<string, object>;
    const named = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    const answered = operations(app.router as IRouter).filter((operation) =>
      operation.includes(" /api/"),
    );
    assert.deepEqual(named.sort(), answered.sort());
    assert.ok(named.includes("get /api/me"));
  });
});
