import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { task, taskPage } from "../../src/tasks/schema.ts";
import { createToken } from "../../src/tokens.ts";
import { body, start } from "../support.ts";

const UNKNOWN = "/api/tasks/00000000-0000-4000-8000-000000000000";

describe("tasks as JSON", () => {
  it("creates, reads, changes and deletes", async (test) => {
    const { get, send } = await start(test);

    const created = await send("POST", "/api/tasks", { title: "  Write  " });
    assert.equal(created.status, 201);
    const task = await body(created);
    assert.equal(task["title"], "Write");
    assert.equal(task["done"], false);
    assert.match(String(task["created"]), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);

    const path = created.headers.get("Location") ?? "";
    assert.deepEqual(await body(await get(path)), task);

    const changed = await send("PATCH", path, { done: true });
    assert.equal(changed.status, 200);
    const { done, title, created: since } = await body(changed);
    assert.deepEqual([done, title, since], [true, "Write", task["created"]]);

    assert.equal((await send("DELETE", path, "")).status, 204);
    assert.equal((await get(path)).status, 404);
    assert.equal((await send("DELETE", path, "")).status, 404);
  });

  it("keeps both of two changes at once, of different fields", async (test) => {
    const { get, send } = await start(test);
    for (let pair = 0; pair < 20; pair += 1) {
      const created = await send("POST", "/api/tasks", { title: "before" });
      const path = created.headers.get("Location") ?? "";
      await Promise.all([
        send("PATCH", path, { title: "after" }),
        send("PATCH", path, { done: true }),
      ]);
      const { title, done } = await body(await get(path));
      assert.deepEqual([title, done], ["after", true]);
    }
  });

  it("answers as the document says", async (test) => {
    const { get, send } = await start(test);
    const created = await send("POST", "/api/tasks", { title: "Write" });
    const one = await body(created);
    assert.deepEqual(task.parse(one), one);
    const page = await body(await get("/api/tasks"));
    assert.deepEqual(taskPage.parse(page), page);
  });

  it("wants a token with the right to write", async (test) => {
    const { database, get, request, send } = await start(test);
    const reader = await createToken(database, "reader", "read");
    const Authorization = `Bearer ${reader}`;
    const created = await send("POST", "/api/tasks", { title: "Write" });
    const path = created.headers.get("Location") ?? "";
    for (const [method, where] of [
      ["POST", "/api/tasks"],
      ["PATCH", path],
      ["DELETE", path],
    ] as const) {
      const change = { title: "Changed" };
      const refused = await send(method, where, change, { Authorization });
      assert.equal(refused.status, 403, method);
      assert.equal((await request(where, { method })).status, 401, method);
    }
    for (const known of [path, UNKNOWN])
      assert.equal((await request(known)).status, 401);
    const response = await get(path, { Authorization });
    assert.equal((await body(response))["title"], "Write");
  });

  it("names its route in the log", async (test) => {
    const { get, logged } = await start(test);
    const line = await logged(await get(`${UNKNOWN}?q=1`));
    assert.deepEqual(line["res"], { statusCode: 404, route: "/api/tasks/:id" });
    assert.equal((line["req"] as { path: string }).path, UNKNOWN);
  });

  it("lists page by page", async (test) => {
    const { get, send } = await start(test);
    for (const title of ["one", "two", "three"])
      await send("POST", "/api/tasks", { title });

    const seen = [];
    for (const page of [1, 2, 3]) {
      const path = `/api/tasks?page=${String(page)}&limit=1`;
      const { data, meta } = await body(await get(path));
      assert.deepEqual(meta, { page, limit: 1, total: 3 });
      seen.push(...(data as { title: string }[]).map(({ title }) => title));
    }
    assert.deepEqual(seen.sort(), ["one", "three", "two"]);
  });

  it("refuses a page or limit that is no positive number", async (test) => {
    const { get } = await start(test);
    for (const query of [
      "page=0",
      "page=x",
      "page=1e99",
      "limit=0",
      "limit=-1",
      "limit=101",
      "page=1&page=2",
    ])
      assert.equal((await get(`/api/tasks?${query}`)).status, 422, query);
  });

  it("says which field is wrong", async (test) => {
    const { send } = await start(test);
    const titles = ["", "   ", "x".repeat(201), "a\nb", "a\0b", 5, null];
    for (const title of [...titles, undefined]) {
      const response = await send("POST", "/api/tasks", { title });
      assert.equal(response.status, 422, JSON.stringify(title));
      const { errors, status } = await body(response);
      assert.equal(status, 422);
      assert.ok(Array.isArray((errors as Record<string, unknown>)["title"]));
    }
    const wrong = await send("POST", "/api/tasks", { title: "a", done: "no" });
    assert.equal(wrong.status, 422);
  });

  it("counts characters, not code units", async (test) => {
    const { send } = await start(test);
    const title = "🚀".repeat(200);
    const response = await send("POST", "/api/tasks", { title });
    assert.equal(response.status, 201);
    assert.equal((await body(response))["title"], title);
  });

  it("drops fields that a client must not set", async (test) => {
    const { send } = await start(test);
    const response = await send("POST", "/api/tasks", {
      title: "a",
      id: "mine",
      created: "1999-01-01T00:00:00Z",
      admin: true,
    });
    const task = await body(response);
    assert.notEqual(task["id"], "mine");
    assert.doesNotMatch(String(task["created"]), /^1999/);
    assert.ok(!("admin" in task));
  });

  it("answers a malformed body with 400", async (test) => {
    const { send } = await start(test);
    for (const text of ["{", "null", '"text"']) {
      const response = await send("POST", "/api/tasks", text);
      assert.equal(response.status, 400, text.slice(0, 10));
      assert.match(
        response.headers.get("Content-Type") ?? "",
        /^application\/problem\+json/,
      );
    }
  });

  it("refuses a body that is no object, however deep", async (test) => {
    const { send } = await start(test);
    const deep = "[".repeat(50_000) + "]".repeat(50_000);
    for (const text of ["[]", "[1]", deep])
      assert.equal((await send("POST", "/api/tasks", text)).status, 422);
  });

  it("refuses a body that does not say it is JSON", async (test) => {
    const { send } = await start(test);
    const response = await send("POST", "/api/tasks", '{"title":"a"}', {
      "Content-Type": "text/plain",
    });
    assert.equal(response.status, 422);
    assert.match(await response.text(), /application\/json/);
  });

  it("answers a body that is too large with 413", async (test) => {
    const { send } = await start(test);
    const title = "x".repeat(20 * 1024 * 1024);
    assert.equal((await send("POST", "/api/tasks", { title })).status, 413);
  });

  it("answers an unknown task or path with 404", async (test) => {
    const { get, send } = await start(test);
    for (const path of [UNKNOWN, "/api/tasks/1", "/api/nothing"]) {
      const response = await get(path, { Accept: "text/html" });
      assert.equal(response.status, 404, path);
      assert.deepEqual(await body(response), {
        type: "about:blank",
        title: "Not Found",
        status: 404,
      });
    }
    assert.equal((await send("PATCH", UNKNOWN, { done: true })).status, 404);
  });

  it("names the methods that are allowed", async (test) => {
    const { send } = await start(test);
    const list = await send("PUT", "/api/tasks", {});
    assert.equal(list.status, 405);
    assert.equal(list.headers.get("Allow"), "GET, HEAD, POST");
    const one = await send("POST", UNKNOWN, {});
    assert.equal(one.status, 405);
    assert.equal(one.headers.get("Allow"), "GET, HEAD, PATCH, DELETE");
  });

  it("treats SQL in a parameter as text", async (test) => {
    const { get, send } = await start(test);
    const title = "'; drop table tasks; --";
    await send("POST", "/api/tasks", { title });
    for (const attack of ["' OR 1=1--", "1;DROP TABLE tasks", "%27"]) {
      const path = `/api/tasks/${encodeURIComponent(attack)}`;
      assert.equal((await send("DELETE", path, "")).status, 404);
    }
    const { data, meta } = await body(await get("/api/tasks"));
    assert.equal((meta as Record<string, unknown>)["total"], 1);
    assert.equal((data as { title: string }[])[0]?.title, title);
  });
});
