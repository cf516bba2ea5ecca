import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get as request, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";

import { start } from "./support.ts";

const SIZE = 64 * 1024 * 1024;

describe("non-blocking input and output", () => {
  it("answers others while slow clients download", async (test) => {
    const folder = mkdtempSync(join(tmpdir(), "downloads-"));
    test.after(() => {
      rmSync(folder, { recursive: true });
    });
    writeFileSync(join(folder, "large.bin"), Buffer.alloc(SIZE));
    const { url, get } = await start(test, { folder });

    // Ten clients that have the head of the answer and do not read on.
    const before = process.memoryUsage().rss;
    const slow = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const client = request(`${url}/large.bin`, { agent: false });
        const [response] = (await once(client, "response")) as [
          IncomingMessage,
        ];
        assert.equal(response.headers["content-length"], String(SIZE));
        return response;
      }),
    );

    const times: number[] = [];
    for (let i = 0; i < 50; i++) {
      const began = performance.now();
      assert.equal((await get("/healthz")).status, 200);
      times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    assert.ok((times[25] ?? Infinity) < 250, `median ${String(times[25])} ms`);

    // Streamed, not loaded: ten times 64 MB would show.
    const grown = process.memoryUsage().rss - before;
    assert.ok(grown < 200 * 1024 * 1024, `${String(grown)} bytes`);
    assert.ok(slow.every((response) => !response.complete));
    for (const response of slow) response.destroy();
  });
});
