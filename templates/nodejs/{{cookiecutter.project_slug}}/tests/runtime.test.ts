import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import manifest from "../package.json" with { type: "json" };
import { serve } from "./support.ts";

describe("the runtime", () => {
  it("is V8, and runs the sources as they are", () => {
    assert.match(process.versions.v8, /^\d+\.\d+/);
    assert.ok(import.meta.filename.endsWith("runtime.test.ts"));
    assert.ok(!("build" in manifest.scripts));
  });

  it("needs two packages from npm: one for WebSockets, one for PostgreSQL", () => {
    assert.deepEqual(Object.keys(manifest.dependencies), ["pg", "ws"]);
  });

  it("is light: up within five seconds, in less than 200 MB", async (test) => {
    const began = performance.now();
    const server = serve(test);
    await fetch(`${await server.listening}/healthz`);
    assert.ok(performance.now() - began < 5_000);
    if (process.platform === "linux") {
      const status = readFileSync(
        join("/proc", String(server.pid), "status"),
        "utf8",
      );
      const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
      assert.ok(kilobytes < 200_000, `${String(kilobytes)} kB`);
    }
  });
});
