import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { start } from "../support.ts";

describe("load", () => {
  it("answers 1,000 requests at once, reads and writes mixed", async (test) => {
    const { get, send } = await start(test);
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, index) => [
        send("POST", "/api/tasks", { title: `Task ${String(index)}` }),
        get("/healthz"),
      ]).flat(),
    );
    const statuses = answers.map((answer) => answer.status);
    assert.equal(statuses.filter((status) => status === 201).length, 500);
    assert.equal(statuses.filter((status) => status === 200).length, 500);
  });
});
