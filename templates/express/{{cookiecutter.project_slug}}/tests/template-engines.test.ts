import assert from "node:assert/strict";
import { describe, it } from "node:test";

import manifest from "../package.json" with { type: "json" };
import { start } from "./support.ts";

const hostile = "<b>&\"'";

describe("template engines", () => {
  for (const engine of ["ejs", "pug", "handlebars"]) {
    it(`renders the page with ${engine}`, async (test) => {
      const { get } = await start(test);
      const response = await get(`/pages/${engine}`);
      assert.equal(response.status, 200);
      assert.match(response.headers.get("Content-Type") ?? "", /^text\/html/);
      const html = await response.text();
      assert.match(html, new RegExp(`<strong>${engine}</strong>`));
    });

    it(`escapes with ${engine}`, async (test) => {
      const { app, get } = await start(test);
      app.locals["description"] = hostile;
      const html = await (await get(`/pages/${engine}`)).text();
      assert.ok(!html.includes(hostile));
      assert.match(html, /&lt;b&gt;&amp;/);
    });
  }

  it("answers 404 for an engine that is not there", async (test) => {
    const { get } = await start(test);
    assert.equal((await get("/pages/php")).status, 404);
  });

  it("takes the title from package.json", async (test) => {
    const { app, get } = await start(test);
    assert.equal(app.locals["title"], manifest.displayName);
    assert.equal((await get("/")).status, 200);
  });
});
