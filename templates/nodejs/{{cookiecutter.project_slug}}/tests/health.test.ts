import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { broken, start } from "./support.ts";

describe("health", () => {
  it("is alive and ready", async (test) => {
    const { get } = await start(test);
    assert.equal((await get("/healthz")).status, 200);
    assert.equal((await get("/readyz")).status, 200);
  });

  it("is alive but not ready without its database", async (test) => {
    const { get } = await start(test, { database: broken });
    assert.equal((await get("/healthz")).status, 200);
    assert.equal((await get("/readyz")).status, 503);
  });
});
