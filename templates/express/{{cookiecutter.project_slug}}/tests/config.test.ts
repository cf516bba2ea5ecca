import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parseEnv } from "node:util";

import { readConfig } from "../src/config.ts";
import { PRODUCTION } from "./support.ts";

const read = (name: string) =>
  parseEnv(readFileSync(join(import.meta.dirname, "..", name), "utf8"));

describe("configuration", () => {
  it("is production's unless something else is asked for", () => {
    const { ALLOWED_HOSTS } = PRODUCTION;
    assert.equal(readConfig({ ALLOWED_HOSTS }).NODE_ENV, "production");
    assert.equal(readConfig(PRODUCTION).NODE_ENV, "production");
  });

  it("accepts the files for development", () => {
    const env = { ...read(".env.development"), ...read(".env.example") };
    assert.equal(readConfig(env).NODE_ENV, "development");
  });

  it("listens to this machine only, trusts no proxy and no other origin", () => {
    const { HOST, TRUST_PROXY, CORS_ORIGINS } = readConfig(PRODUCTION);
    assert.deepEqual([HOST, TRUST_PROXY, CORS_ORIGINS], ["127.0.0.1", 0, []]);
  });

  it("takes an empty variable for none", () => {
    const { ALLOWED_HOSTS, PORT } = readConfig({ ALLOWED_HOSTS: "", PORT: "" });
    assert.deepEqual([ALLOWED_HOSTS, PORT], [[], 3000]);
  });

  it("names every value it cannot use", () => {
    const env = { NODE_ENV: "prod", PORT: "x", DATABASE_URL: "mysql://a/b" };
    for (const name of Object.keys(env))
      assert.throws(() => readConfig(env), new RegExp(name));
  });

  it("takes PostgreSQL's address by both of its names", () => {
    for (const name of ["postgres", "postgresql"]) {
      const DATABASE_URL = `${name}://ann:x@db:5432/shop`;
      assert.equal(readConfig({ DATABASE_URL }).DATABASE_URL, DATABASE_URL);
    }
  });

  it("takes a number of proxies, or their addresses", () => {
    const trust = (TRUST_PROXY: string) =>
      readConfig({ ...PRODUCTION, TRUST_PROXY }).TRUST_PROXY;
    assert.equal(trust("1"), 1);
    assert.equal(trust("loopback, 10.0.0.0/8"), "loopback, 10.0.0.0/8");
  });

  it("knows the levels of the log", () => {
    const level = (LOG_LEVEL: string) =>
      readConfig({ ...PRODUCTION, LOG_LEVEL }).LOG_LEVEL;
    assert.deepEqual(["warning", "error", "silent"].map(level), [
      ...["warn", "error", "silent"],
    ]);
    assert.throws(() => level("loud"), /LOG_LEVEL/);
  });

  it("splits lists at commas", () => {
    const ALLOWED_HOSTS = "example.com, www.example.com";
    assert.deepEqual(readConfig({ ALLOWED_HOSTS }).ALLOWED_HOSTS, [
      "example.com",
      "www.example.com",
    ]);
  });
});
