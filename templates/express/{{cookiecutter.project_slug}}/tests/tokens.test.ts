import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { sql } from "kysely";

import { createToken, revokeToken } from "../src/tokens.ts";
import { body, ownDatabase, PRODUCTION, run, serve, start } from "./support.ts";

const DAY = 24 * 60 * 60 * 1_000;

describe("a token", () => {
  it("tells its name and rights", async (test) => {
    const { get, database } = await start(test);
    assert.deepEqual(await body(await get("/api/me")), {
      name: "test",
      rights: ["read", "write"],
    });
    const reader = await createToken(database, "reader", "read");
    const response = await get("/api/me", {
      Authorization: `bearer ${reader}`,
    });
    assert.equal(response.headers.get("Cache-Control"), "no-store");
    const me = { name: "reader", rights: ["read"] };
    assert.deepEqual(await body(response), me);
  });

  it("is needed, valid and in its header", async (test) => {
    const { request, database, token } = await start(test);
    const revoked = await createToken(database, "revoked", "read");
    await revokeToken(database, "revoked");
    const headers = [
      {},
      { Authorization: "" },
      { Authorization: "Bearer" },
      { Authorization: token },
      { Authorization: `Basic ${btoa(`ann:${token}`)}` },
      { Authorization: `Bearer ${token}x` },
      { Authorization: `Bearer ${token.slice(1)}` },
      { Authorization: `Bearer ${"x".repeat(43)}` },
      { Authorization: `Bearer ${revoked}` },
      { Cookie: `token=${token}` },
    ];
    for (const one of headers)
      for (const path of ["/api/me", `/api/me?access_token=${token}`]) {
        const response = await request(path, { headers: one });
        assert.equal(response.status, 401, JSON.stringify(one));
        assert.match(response.headers.get("WWW-Authenticate") ?? "", /^Bearer/);
        assert.equal((await body(response))["status"], 401);
      }
  });

  it("is asked for before anything else", async (test) => {
    const { request, send } = await start(test);
    assert.equal((await request("/api/nothing")).status, 401);
    const Authorization = "";
    for (const text of ["{", "x".repeat(2 * 1024 * 1024)]) {
      const response = await send("POST", "/api/me", text, { Authorization });
      assert.equal(response.status, 401);
    }
  });

  it("that may only read writes nothing", async (test) => {
    const { send, database } = await start(test);
    const reader = await createToken(database, "reader", "read");
    const Authorization = `Bearer ${reader}`;
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const path = "/api/me";
      const refused = await send(method, path, {}, { Authorization });
      assert.equal(refused.status, 403, method);
      assert.equal((await send(method, path, {})).status, 405, method);
    }
    const asked = await send("OPTIONS", "/api/me", "", { Authorization });
    assert.equal(asked.headers.get("Allow"), "GET, HEAD");
  });

  it("ends after a year", async (test) => {
    const { get, database } = await start(test);
    const { rows } = await sql<{
      created: string;
      expires: string;
    }>`select created, expires from tokens`.execute(database);
    const [{ created, expires } = { created: "", expires: "" }] = rows;
    const lifetime = Number(new Date(expires)) - Number(new Date(created));
    assert.equal(lifetime / DAY, 365);

    const past = new Date(Date.now() - 1_000).toISOString();
    await sql`update tokens set expires = ${past}`.execute(database);
    assert.equal((await get("/api/me")).status, 401);
  });

  it("is stored as a hash", async (test) => {
    const { database, token } = await start(test);
    const { rows } = await sql`select * from tokens`.execute(database);
    assert.equal(rows.length, 1);
    assert.equal(token.length, 43);
    assert.ok(!JSON.stringify(rows).includes(token));
  });
});

describe("the command for tokens", { timeout: 60_000 }, () => {
  it("makes and revokes them while a server runs", async (test) => {
    const env = ownDatabase(test);
    await run(env, "migrate");
    const url = await serve(test, { ...PRODUCTION, ...env }).listening;
    const token = await run(env, "token", "create", "ci", "read");
    const me = () =>
      fetch(`${url}/api/me`, { headers: { Authorization: `Bearer ${token}` } });

    assert.deepEqual(await body(await me()), { name: "ci", rights: ["read"] });
    await assert.rejects(run(env, "token", "create", "ci", "read"), /already/);
    await run(env, "token", "revoke", "ci");
    assert.equal((await me()).status, 401);
    await assert.rejects(run(env, "token", "revoke", "ci"), /No token/);
  });

  it("says how it is used", async (test) => {
    const env = ownDatabase(test);
    for (const words of [[], ["create"], ["create", "a", "all"], ["revoke"]])
      await assert.rejects(run(env, "token", ...words), /create NAME/);
  });
});
