import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { PRODUCTION, raw, start } from "./support.ts";

describe("health", () => {
  it("is alive and ready, for any host", async (test) => {
    const { url } = await start(test, PRODUCTION);
    for (const path of ["/healthz", "/readyz"])
      assert.match(await raw(url, path, "10.1.2.3"), /^HTTP\/1\.1 200/, path);
  });

  it("is alive but not ready without its database", async (test) => {
    const { request, database, logged } = await start(test);
    await database.destroy();
    assert.equal((await request("/healthz")).status, 200);
    const response = await request("/readyz");
    assert.equal(response.status, 503);
    assert.equal((await logged(response))["level"], 50);
  });

  it("is not ready, and closes connections, while it stops", async (test) => {
    const { app, request } = await start(test);
    app.enable("draining");
    assert.equal((await request("/readyz")).status, 503);
    for (const path of ["/healthz", "/readyz", "/", "/style.css", "/api/me"]) {
      const { headers } = await request(path);
      assert.equal(headers.get("Connection"), "close", path);
    }
  });
});
