import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { body, connectLive, message, start } from "../support.ts";

describe("a changed task", () => {
  it("reaches every open page, and the log", async (test) => {
    const { url, log, send } = await start(test);
    const clients = [await connectLive(url), await connectLive(url)];
    const heard = clients.map((client) => message(client, "change"));

    const task = await body(await send("POST", "/api/tasks", { title: "a" }));
    const expected = { resource: "tasks", action: "created", id: task["id"] };
    for (const change of await Promise.all(heard))
      assert.deepEqual(change, { type: "change", ...expected });

    const entry = log.find((line) => line["message"] === "change");
    assert.equal(entry?.["action"], "created");
    assert.equal(entry["id"], task["id"]);
  });

  it("is announced once for each thing that happened", async (test) => {
    const { log, send } = await start(test);
    const created = await send("POST", "/api/tasks", { title: "a" });
    const path = created.headers.get("Location") ?? "";
    await send("PATCH", path, { done: true });
    await send("PATCH", path, { title: "" });
    await send("DELETE", path, "");
    await send("DELETE", path, "");
    const changes = log.filter((line) => line["message"] === "change");
    assert.deepEqual(
      changes.map((line) => line["action"]),
      ["created", "changed", "removed"],
    );
  });
});
