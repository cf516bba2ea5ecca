import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";

import { createToken } from "../../src/tokens.ts";
import { start } from "../support.ts";

/** A browser that was given a token as its password. */
async function browse(test: TestContext, rights: "read" | "read,write") {
  const { database, request, send } = await start(test);
  const token = await createToken(database, "browser", rights);
  const Authorization = `Basic ${btoa(`ann:${token}`)}`;
  const own = { "Sec-Fetch-Site": "same-origin" };
  const headers = { Authorization, Accept: "text/html" };
  const load = async () => (await request("/tasks", { headers })).text();
  const submit = (title: string, more: Record<string, string> = own) =>
    request("/tasks", {
      method: "POST",
      headers: { ...headers, ...more },
      body: new URLSearchParams({ title }),
    });
  return { load, request, send, submit, token };
}

describe("tasks as a page", () => {
  it("asks for a token as the password of any name", async (test) => {
    const { request, load, token } = await browse(test, "read");
    const strangers = ["", `Basic ${btoa("ann:wrong")}`, `Bearer ${token}`];
    for (const Authorization of strangers) {
      const response = await request("/tasks", { headers: { Authorization } });
      assert.equal(response.status, 401, Authorization);
      assert.match(response.headers.get("WWW-Authenticate") ?? "", /^Basic /);
    }
    assert.match(await load(), /<form method="post">/);
  });

  it("adds what the form sends, then sends the browser back", async (test) => {
    const { load, submit } = await browse(test, "read,write");
    const response = await submit("Write");
    assert.equal(response.status, 303);
    assert.equal(response.headers.get("Location"), "/tasks");
    assert.match(await load(), /<li>Write<\/li>/);
  });

  it("adds nothing for a token that may only read", async (test) => {
    const { load, submit } = await browse(test, "read");
    assert.equal((await submit("Write")).status, 403);
    assert.doesNotMatch(await load(), /<li>/);
  });

  it("adds nothing for a form of another site", async (test) => {
    const { load, submit } = await browse(test, "read,write");
    const forged = [
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
      { Origin: "https://evil.test" },
      { Origin: "null" },
    ];
    for (const headers of forged)
      assert.equal((await submit("Write", headers)).status, 403);
    assert.doesNotMatch(await load(), /<li>/);
  });

  it("escapes what people wrote", async (test) => {
    const { load, submit } = await browse(test, "read,write");
    await submit("<img src=x onerror=1>");
    const html = await load();
    assert.ok(html.includes("&lt;img src=x onerror=1&gt;"));
    assert.ok(!html.includes("<img"));
  });

  it("shows what is done, and what the API added", async (test) => {
    const { load, send } = await browse(test, "read");
    await send("POST", "/api/tasks", { title: "Write", done: true });
    assert.match(await load(), /<s>Write<\/s>/);
  });

  it("says what is wrong with a form", async (test) => {
    const { submit } = await browse(test, "read,write");
    const response = await submit(" ");
    assert.equal(response.status, 422);
    assert.match(await response.text(), /<strong>title<\/strong>/);
  });
});
