import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parseEnv } from "node:util";

import { readConfig } from "../src/config.ts";
import { SECRET } from "./support.ts";

const example = parseEnv(
  readFileSync(join(import.meta.dirname, "../.env.example"), "utf8"),
);

describe("configuration", () => {
  it("needs nothing in development, and listens to this machine only", () => {
    const config = readConfig({});
    assert.equal(config.production, false);
    assert.equal(config.host, "127.0.0.1");
  });

  it("accepts the example file in development", () => {
    assert.equal(readConfig(example).production, false);
  });

  it("refuses production without a secret of its own", () => {
    for (const SECRET_KEY of [undefined, "", example["SECRET_KEY"]])
      assert.throws(
        () => readConfig({ NODE_ENV: "production", SECRET_KEY }),
        /SECRET_KEY/,
      );
    const NODE_ENV = "production";
    assert.ok(readConfig({ NODE_ENV, SECRET_KEY: SECRET }).production);
  });

  it("names every value it cannot use", () => {
    const env = { NODE_ENV: "prod", PORT: "x", DATABASE_URL: "mysql://a/b" };
    assert.throws(
      () => readConfig(env),
      /NODE_ENV.*PORT.*DATABASE_URL.*sqlite/,
    );
  });
});
