import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";

import { createToken } from "../../src/tokens.ts";
import { body, start, type Fields } from "../support.ts";

const UNKNOWN = "/api/tasks/00000000-0000-4000-8000-000000000000";

describe("tasks as JSON", () => {
  it("are created, read, changed and deleted", async (test) => {
    const { api } = await start(test);

    const created = await api("POST", "/api/tasks", { title: "  Write  " });
    assert.equal(created.status, 201);
    const task = await body(created);
    assert.equal(task["title"], "Write");
    assert.equal(task["done"], false);

    const path = created.headers.get("Location") ?? "";
    assert.equal(path, `/api/tasks/${String(task["id"])}`);
    assert.deepEqual(await body(await api("GET", path)), task);

    const changed = await api("PATCH", path, { done: true });
    assert.equal(changed.status, 200);
    const { done, title, created: since } = await body(changed);
    assert.deepEqual([done, title, since], [true, "Write", task["created"]]);

    assert.equal((await api("DELETE", path)).status, 204);
    assert.equal((await api("GET", path)).status, 404);
    assert.equal((await api("DELETE", path)).status, 404);
  });

  it("need the right to write to be changed", async (test) => {
    const { database, api } = await start(test);
    const created = await api("POST", "/api/tasks", { title: "a" });
    const path = created.headers.get("Location") ?? "";
    const reader = await createToken(database, "reader", "read");
    const headers = { Authorization: `Bearer ${reader}` };
    const status = async (method: string, path: string, body?: unknown) =>
      (await api(method, path, body, headers)).status;
    assert.equal(await status("GET", path), 200);
    assert.equal(await status("POST", "/api/tasks", { title: "b" }), 403);
    assert.equal(await status("PATCH", path, { done: true }), 403);
    assert.equal(await status("DELETE", path), 403);
    const task = await body(await api("GET", path));
    assert.equal(task["done"], false);
  });

  it("say the same to strangers, whether they are there or not", async (test) => {
    const { api, get } = await start(test);
    const created = await api("POST", "/api/tasks", { title: "a" });
    const path = created.headers.get("Location") ?? "";
    for (const known of [path, UNKNOWN, "/api/tasks/1", "/api/tasks"])
      assert.equal((await get(known)).status, 401, known);
  });

  it("keep both of two changes at once", async (test) => {
    const { api } = await start(test);
    const created = await api("POST", "/api/tasks", {
      title: "0",
      done: false,
    });
    const path = created.headers.get("Location") ?? "";
    let done = false;
    for (let i = 1; i <= 20; i++) {
      done = !done;
      const title = String(i);
      await Promise.all([
        api("PATCH", path, { title }),
        api("PATCH", path, { done }),
      ]);
      const task = await body(await api("GET", path));
      assert.deepEqual([task["title"], task["done"]], [title, done]);
    }
  });

  it("are listed page by page, the newest first", async (test) => {
    const { api } = await start(test);
    for (const title of ["one", "two", "three"]) {
      await api("POST", "/api/tasks", { title });
      await setTimeout(2);
    }

    const last = await body(await api("GET", "/api/tasks?page=3&limit=1"));
    assert.deepEqual(last["meta"], { page: 3, limit: 1, total: 3 });
    const titles = (last["data"] as Fields[]).map((task) => task["title"]);
    assert.deepEqual(titles, ["one"]);

    const { meta } = await body(await api("GET", "/api/tasks?limit=1000"));
    assert.deepEqual(meta, { page: 1, limit: 100, total: 3 });
  });

  it("take the nearest page and limit there can be", async (test) => {
    const { api } = await start(test);
    const meta = async (query: string) =>
      (await body(await api("GET", `/api/tasks?${query}`)))["meta"] as Fields;
    for (const query of ["page=0", "page=x", "page=-1", "limit=0", "limit="])
      assert.equal((await meta(query))["page"], 1, query);
    assert.equal((await meta("page=1e99"))["page"], 1_000_000);
    assert.equal((await meta("limit=1.9"))["limit"], 1);
    assert.equal((await meta("limit=x"))["limit"], 1);
  });

  it("say which field is wrong", async (test) => {
    const { api } = await start(test);
    const titles = ["", "   ", "x".repeat(201), "a\nb", "a\0b", 5, null];
    for (const title of [...titles, undefined]) {
      const response = await api("POST", "/api/tasks", { title });
      const { status, errors } = await body(response);
      assert.equal(response.status, 422);
      assert.equal(status, 422);
      assert.ok(Array.isArray((errors as Fields)["title"]));
    }
    const wrong = await api("POST", "/api/tasks", { title: "a", done: "no" });
    assert.equal(wrong.status, 422);
  });

  it("count characters, not code units", async (test) => {
    const { api } = await start(test);
    const title = "🚀".repeat(200);
    const response = await api("POST", "/api/tasks", { title });
    assert.equal(response.status, 201);
    assert.equal((await body(response))["title"], title);
  });

  it("ignore fields that a client must not set", async (test) => {
    const { api } = await start(test);
    const response = await api("POST", "/api/tasks", {
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

  it("are JSON objects", async (test) => {
    const { api } = await start(test);
    const deep = "[".repeat(50_000) + "]".repeat(50_000);
    for (const text of ["{", "null", '"text"', "[]", "[1]", deep]) {
      const response = await api("POST", "/api/tasks", text);
      assert.equal(response.status, 400, text.slice(0, 10));
    }
    const headers = { "Content-Type": "text/plain" };
    const response = await api("POST", "/api/tasks", '{"title":"a"}', headers);
    assert.equal(response.status, 415);
  });

  for (const [how, length, sent] of [
    ["declared", { "Content-Length": 8 * 1_048_576 }, 1],
    ["sent in pieces", {}, 1_048_577],
  ] as const)
    it(`are refused when too large, ${how}`, async (test) => {
      const { url, token } = await start(test);
      const client = request(`${url}/api/tasks`, {
        method: "POST",
        headers: {
          Authorization: `Bearer ${token}`,
          "Content-Type": "application/json",
          ...length,
        },
      });
      // The connection ends while it is still sending.
      client.on("error", () => undefined);
      client.write("x".repeat(sent));
      const [response] = (await once(client, "response")) as [
        { statusCode: number; headers: Fields },
      ];
      assert.equal(response.statusCode, 413);
      assert.equal(response.headers["connection"], "close");
      client.destroy();
    });

  it("are no failure of ours when the client leaves", async (test) => {
    const { url, server, token, log } = await start(test);
    const client = request(`${url}/api/tasks`, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${token}`,
        "Content-Type": "application/json",
      },
    });
    client.on("error", () => undefined);
    client.write("{");
    await once(server, "request");
    client.destroy();
    const [line] = await log(1);
    assert.equal(line?.["level"], "info");
    assert.equal(line["error"], undefined);
    assert.ok(!("status" in line));
  });

  it("answer 404 when there is none", async (test) => {
    const { api } = await start(test);
    for (const path of [UNKNOWN, "/api/tasks/1", "/api/nothing"]) {
      const response = await api("GET", path);
      assert.equal(response.status, 404, path);
      const problem = { type: "about:blank", title: "Not Found", status: 404 };
      assert.deepEqual(await body(response), problem);
    }
    assert.equal((await api("PATCH", UNKNOWN, { done: true })).status, 404);
  });

  it("name the methods that are allowed", async (test) => {
    const { api } = await start(test);
    const list = await api("PUT", "/api/tasks", {});
    assert.equal(list.status, 405);
    assert.equal(list.headers.get("Allow"), "GET, HEAD, POST");
    const one = await api("POST", UNKNOWN, {});
    assert.equal(one.headers.get("Allow"), "GET, HEAD, PATCH, DELETE");
  });

  it("take SQL as text", async (test) => {
    const { api } = await start(test);
    const title = "'; drop table tasks; --";
    await api("POST", "/api/tasks", { title });
    for (const attack of ["' OR 1=1--", "1;DROP TABLE tasks", "%27"]) {
      const path = `/api/tasks/${encodeURIComponent(attack)}`;
      assert.equal((await api("DELETE", path)).status, 404);
    }
    const { data } = await body(await api("GET", "/api/tasks"));
    assert.deepEqual(
      (data as Fields[]).map((task) => task["title"]),
      [title],
    );
  });

  it("are logged by the pattern of their route", async (test) => {
    const { api, log } = await start(test);
    await api("GET", UNKNOWN);
    const [line] = await log(1);
    assert.match(String(line?.["route"]), /^\/api\/tasks\/:id/);
    assert.equal(line?.["path"], UNKNOWN);
  });
});
