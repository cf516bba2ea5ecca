import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { broken, start } from "./support.ts";

describe("health", () => {
  it("is alive and ready, for whatever host", async (test) => {
    const { get, url } = await start(test, {
      env: { NODE_ENV: "production", ALLOWED_HOSTS: "app.test" },
    });
    assert.match(url, /127\.0\.0\.1/);
    assert.equal((await get("/healthz")).status, 200);
    assert.equal((await get("/readyz")).status, 200);
  });

  it("is alive but not ready without its database, and logs why", async (test) => {
    const { get, log } = await start(test, { database: broken });
    assert.equal((await get("/healthz")).status, 200);
    const response = await get("/readyz");
    assert.equal(response.status, 503);
    assert.doesNotMatch(await response.text(), /secret/);
    const [line] = await log(1);
    assert.equal(line?.["level"], "error");
    assert.match(String(line["error"]), /secret\.ts:1/);
  });

  it("is not logged while all is well", async (test) => {
    const { get, log } = await start(test);
    await get("/healthz");
    await get("/readyz");
    await get("/");
    assert.deepEqual(
      (await log(1)).map((line) => line["path"]),
      ["/"],
    );
  });
});
