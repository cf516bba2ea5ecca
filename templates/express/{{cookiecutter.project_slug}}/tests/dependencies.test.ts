import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { describe, it } from "node:test";

import manifest from "../package.json" with { type: "json" };

const cwd = join(import.meta.dirname, "..");
const source = globSync("src/**/*.ts", { cwd })
  .map((file) => readFileSync(join(cwd, file), "utf8"))
  .join("\n");
const engines = globSync("views/*", { cwd }).map((file) =>
  extname(file).slice(1),
);

describe("dependencies", () => {
  for (const name of Object.keys(manifest.dependencies))
    it(`include ${name} because the application uses it`, () => {
      const used = source.includes(`from "${name}"`) || engines.includes(name);
      assert.ok(used);
    });
});
