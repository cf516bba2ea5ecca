import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { start } from "./support.ts";

describe("HTTP", () => {
  it("sends nothing again that the client still has", async (test) => {
    const { get } = await start(test);
    for (const path of ["/", "/style.css"]) {
      const etag = (await get(path)).headers.get("ETag") ?? "";
      const second = await get(path, {
        "If-None-Match": etag,
        // fetch would say "no-cache" here, which asks for the whole answer.
        "Cache-Control": "max-age=0",
      });
      assert.equal(second.status, 304, path);
      assert.equal(await second.text(), "");
    }
  });

  it("answers HEAD like GET, without the body", async (test) => {
    const { url } = await start(test);
    const response = await fetch(`${url}/`, { method: "HEAD" });
    assert.equal(response.status, 200);
    assert.equal(await response.text(), "");
  });

  it("reads parameters from the path, decoded", async (test) => {
    const { get } = await start(test);
    assert.equal((await get("/pages/%65js")).status, 200);
    assert.equal((await get("/pages/%E0%A4%A")).status, 400);
  });

  it("answers an unknown path in the form the client asks for", async (test) => {
    const { get } = await start(test);
    const kinds = [
      ["text/html,application/xml;q=0.9,*/*;q=0.8", /^text\/html/],
      ["*/*", /^application\/problem\+json/],
      ["application/json", /^application\/problem\+json/],
    ] as const;
    for (const [Accept, type] of kinds) {
      const response = await get("/nothing", { Accept });
      assert.equal(response.status, 404);
      assert.match(response.headers.get("Content-Type") ?? "", type);
    }
  });
});
