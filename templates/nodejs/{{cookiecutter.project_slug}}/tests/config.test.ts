import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parseEnv } from "node:util";

import { readConfig } from "../src/config.ts";

const read = (file: string) =>
  parseEnv(readFileSync(join(import.meta.dirname, "..", file), "utf8"));

describe("configuration", () => {
  it("is for production, and this machine only, without being told", () => {
    const config = readConfig({});
    assert.equal(config.production, true);
    assert.equal(config.host, "127.0.0.1");
    assert.equal(readConfig({ NODE_ENV: "staging" }).production, true);
  });

  it("is for development by the committed file alone", () => {
    const config = readConfig(read(".env.development"));
    assert.equal(config.production, false);
    assert.equal(config.drainSeconds, 0);
  });

  it("has its defaults in the example file", () => {
    assert.deepEqual(readConfig(read(".env.example")), readConfig({}));
  });

  it("reads lists", () => {
    const { allowedHosts } = readConfig({ ALLOWED_HOSTS: "a.test, b.test," });
    assert.deepEqual(allowedHosts, ["a.test", "b.test"]);
  });

  it("names a value that it cannot use", () => {
    const wrong = {
      PORT: "65536",
      DATABASE_URL: "mysql://a/b",
      DRAIN_SECONDS: "2s",
      LOG_LEVEL: "loud",
    };
    for (const [name, value] of Object.entries(wrong))
      assert.throws(() => readConfig({ [name]: value }), new RegExp(name));
  });
});
