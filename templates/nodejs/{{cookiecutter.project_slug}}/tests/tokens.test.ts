import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { createToken, revokeToken } from "../src/tokens.ts";
import { basic, body, openDatabase, run, start } from "./support.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

describe("tokens", () => {
  it("say who asks, and what for", async (test) => {
    const { api } = await start(test);
    const response = await api("GET", "/api/me");
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("Cache-Control"), "no-store");
    const me = { name: "tests", rights: ["read", "write"] };
    assert.deepEqual(await body(response), me);
  });

  it("are asked for in the header, as bearer, whatever the path and method", async (test) => {
    const { url, token } = await start(test);
    const wrong: Record<string, string>[] = [
      {},
      basic(token),
      { Authorization: token },
      { Authorization: "Bearer" },
      { Authorization: `Bearer ${token.slice(1)}` },
      { Authorization: `Bearer ${token} x` },
      { Authorization: "Bearer '--" },
      { Cookie: `token=${token}` },
    ];
    for (const path of ["/api/me", "/api/nothing", `/api/me?token=${token}`])
      for (const method of ["GET", "POST"])
        for (const headers of wrong) {
          const response = await fetch(url + path, { method, headers });
          assert.equal(response.status, 401, JSON.stringify(headers));
          assert.match(
            response.headers.get("WWW-Authenticate") ?? "",
            /^Bearer /,
          );
          assert.match(
            response.headers.get("Content-Type") ?? "",
            /^application\/problem\+json/,
          );
        }
  });

  it("need the right of the method", async (test) => {
    const { database, api } = await start(test);
    const reader = await createToken(database, "reader", "read");
    const Authorization = `Bearer ${reader}`;
    const status = async (method: string) =>
      (await api(method, "/api/me", undefined, { Authorization })).status;
    assert.equal(await status("GET"), 200);
    assert.equal(await status("HEAD"), 200);
    assert.equal(await status("OPTIONS"), 405);
    for (const method of ["POST", "PATCH", "DELETE", "PUT"])
      assert.equal(await status(method), 403, method);
    // With the right, there is only nothing to be done this way.
    assert.equal((await api("POST", "/api/me")).status, 405);
  });

  it("expire after a year", async (test) => {
    const { database, api } = await start(test);
    const status = async (days: number) => {
      test.mock.timers.enable({
        apis: ["Date"],
        now: Date.now() - days * DAY_MS,
      });
      const token = await createToken(database, `of ${String(days)}`, "read");
      test.mock.timers.reset();
      const Authorization = `Bearer ${token}`;
      return (await api("GET", "/api/me", undefined, { Authorization })).status;
    };
    assert.equal(await status(364), 200);
    assert.equal(await status(367), 401);
  });

  it("are refused from the moment they are revoked", async (test) => {
    const { database, api } = await start(test);
    await assert.rejects(revokeToken(database, "nobody"), /nobody/);
    assert.equal((await api("GET", "/api/me")).status, 200);
    await revokeToken(database, "tests");
    assert.equal((await api("GET", "/api/me")).status, 401);
  });

  it("are stored as a hash only", async (test) => {
    const { database, token } = await start(test);
    const rows = await database.query`select * from tokens`;
    assert.equal(rows.length, 1);
    assert.ok(!JSON.stringify(rows).includes(token));
    assert.ok(Buffer.from(token, "base64url").length >= 16);
  });

  it("are made and revoked by a command", async (test) => {
    const { url, database } = await openDatabase(test);
    const { api } = await start(test, { database });
    const command = (...args: string[]) =>
      run(test, { DATABASE_URL: url }, "commands/token.ts", ...args).exit;

    const made = await command("create", "O'Brien", "read,write");
    assert.equal(made.code, 0);
    const Authorization = `Bearer ${made.output.trimEnd()}`;
    const me = () => api("GET", "/api/me", undefined, { Authorization });
    assert.deepEqual((await body(await me()))["rights"], ["read", "write"]);

    assert.equal((await command("revoke", "O'Brien")).code, 0);
    assert.equal((await me()).status, 401);
    assert.equal((await command("revoke", "O'Brien")).code, 1);
    assert.match((await command("create", "tests")).output, /tests already/);
    assert.equal((await command("create", "a", "admin")).code, 2);
    assert.equal((await command("create")).code, 2);
  });
});
