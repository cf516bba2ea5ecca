import assert from "node:assert/strict";
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";

import { serve } from "../support.ts";

const root = join(import.meta.dirname, "../..");
const copied = ["package.json", "migrations", "public", "src"];

/** What the README says: delete these, then the lines that still name the example in those. */
const deleted = [
  "src/tasks",
  "public/tasks.js",
  "migrations/0001_create_tasks.sql",
];
const edited = {
  "src/server.ts": /addTasks/,
  "public/index.html": /tasks\.js|id="tasks"/,
};

describe("the example", () => {
  it("can be removed: the application starts without it", async (test) => {
    const project = mkdtempSync(join(tmpdir(), "without-example-"));
    test.after(() => {
      rmSync(project, { recursive: true });
    });
    for (const path of copied)
      cpSync(join(root, path), join(project, path), { recursive: true });
    symlinkSync(
      join(root, "node_modules"),
      join(project, "node_modules"),
      "junction",
    );

    for (const path of deleted)
      rmSync(join(project, path), { recursive: true });
    for (const [path, naming] of Object.entries(edited)) {
      const file = join(project, path);
      const lines = readFileSync(file, "utf8").split("\n");
      const kept = lines.filter((line) => !naming.test(line));
      assert.notEqual(kept.length, lines.length, path);
      writeFileSync(file, kept.join("\n"));
    }

    const url = await serve(test, {}, project).listening;
    for (const path of ["/", "/chat.js", "/readyz"])
      assert.equal((await fetch(url + path)).status, 200, path);
    assert.equal((await fetch(`${url}/api/tasks`)).status, 404);
  });
});
