import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { start } from "../support.ts";

/** Loads the page as a browser does: its cookie, and the token in its form. */
async function load(get: (path: string) => Promise<Response>) {
  const response = await get("/tasks");
  const html = await response.text();
  const setCookie = response.headers.get("Set-Cookie") ?? "";
  const token = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? "";
  return { html, setCookie, cookie: setCookie.split(";")[0] ?? "", token };
}

function form(fields: Record<string, string>) {
  return new URLSearchParams(fields).toString();
}

const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

describe("tasks as a page", () => {
  it("adds what the form sends, then sends the browser back", async (test) => {
    const { get, send } = await start(test);
    const { cookie, token } = await load(get);
    const fields = form({ title: "Write", csrf: token });
    const response = await send("POST", "/tasks", fields, {
      ...FORM,
      Cookie: cookie,
    });
    assert.equal(response.status, 303);
    assert.equal(response.headers.get("Location"), "/tasks");
    assert.match((await load(get)).html, /Write/);
  });

  it("escapes what people wrote", async (test) => {
    const { get, send } = await start(test);
    await send("POST", "/api/tasks", { title: "<img src=x onerror=1>" });
    const { html } = await load(get);
    assert.ok(html.includes("&lt;img src=x onerror=1&gt;"));
    assert.ok(!html.includes("<img"));
  });

  it("refuses a form without the token of this site", async (test) => {
    const { get, send } = await start(test);
    const { cookie, token } = await load(get);
    const stranger = await load(get);
    const attempts = [
      [form({ title: "a" }), cookie],
      [form({ title: "a", csrf: token }), ""],
      [form({ title: "a", csrf: stranger.token }), cookie],
      [form({ title: "a", csrf: "x" }), "csrf=x"],
    ] as const;
    for (const [fields, Cookie] of attempts) {
      const response = await send("POST", "/tasks", fields, {
        ...FORM,
        Cookie,
      });
      assert.equal(response.status, 403);
    }
    assert.doesNotMatch((await load(get)).html, /<li>/);
  });

  it("says what is wrong with a form", async (test) => {
    const { get, send } = await start(test);
    const { cookie, token } = await load(get);
    const response = await send("POST", "/tasks", form({ csrf: token }), {
      ...FORM,
      Accept: "text/html",
      Cookie: cookie,
    });
    assert.equal(response.status, 422);
    assert.match(await response.text(), /<strong>title<\/strong>/);
  });

  it("keeps the cookie from scripts, other sites and plain HTTP", async (test) => {
    const { get } = await start(test, { NODE_ENV: "production" });
    const { setCookie } = await load(get);
    assert.match(setCookie, /^__Host-csrf=/);
    assert.match(setCookie, /; HttpOnly/);
    assert.match(setCookie, /; Secure/);
    assert.match(setCookie, /; SameSite=Strict/);
  });
});
