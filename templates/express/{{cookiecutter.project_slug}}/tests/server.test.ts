import assert from "node:assert/strict";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { describe, it } from "node:test";

import { open, ownDatabase, PRODUCTION, run, serve } from "./support.ts";

// Windows ends a process at once, whatever the signal.
const skip = process.platform === "win32";

describe("the server", { timeout: 60_000 }, () => {
  it(
    "finishes the request under way before it stops",
    { skip },
    async (test) => {
      const env = { ...PRODUCTION, ...ownDatabase(test), DRAIN_SECONDS: "0" };
      await run(env, "migrate");
      const token = await run(env, "token", "create", "ci", "read,write");
      const server = serve(test, env);
      const url = await server.listening;
      const socket = open(
        url,
        [
          "POST /api/me HTTP/1.1",
          "Host: 127.0.0.1",
          `Authorization: Bearer ${token}`,
          "Content-Type: application/json",
          "Content-Length: 2",
          "",
          "{",
        ].join("\r\n"),
      );
      await once(socket, "connect");
      // An answer on a second connection: the server has read from the first one by now.
      await fetch(`${url}/healthz`);

      await server.stop();
      socket.write("}");
      assert.match(await text(socket), /^HTTP\/1\.1 405/);
      assert.deepEqual(await server.exit, [0, null]);
    },
  );

  it("says that it stops before it does", { skip }, async (test) => {
    const server = serve(test, { ...PRODUCTION, DRAIN_SECONDS: "1" });
    const url = await server.listening;
    assert.equal((await fetch(`${url}/readyz`)).status, 200);
    await server.stop();
    const answer = await fetch(`${url}/readyz`);
    assert.equal(answer.status, 503);
    assert.equal(answer.headers.get("Connection"), "close");
    assert.equal((await fetch(`${url}/healthz`)).status, 200);
    assert.deepEqual(await server.exit, [0, null]);
  });

  it("does not start in production without host names", async (test) => {
    const server = serve(test);
    await assert.rejects(server.listening, /ALLOWED_HOSTS/);
    assert.deepEqual(await server.exit, [1, null]);
  });

  for (const NODE_ENV of ["development", "production"])
    it(`names a port that is taken in ${NODE_ENV}`, async (test) => {
      const { port } = new URL(await serve(test, PRODUCTION).listening);
      const second = serve(test, { ...PRODUCTION, NODE_ENV, PORT: port });
      await assert.rejects(second.listening, {
        message: `listen EADDRINUSE: address already in use 127.0.0.1:${port}. Set another PORT or HOST.\n`,
      });
      assert.deepEqual(await second.exit, [1, null]);
    });
});
