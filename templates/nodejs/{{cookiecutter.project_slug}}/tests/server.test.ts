import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, it } from "node:test";

import { connectLive, SECRET, serve } from "./support.ts";

// Windows ends a process at once, whatever the signal.
const skip = process.platform === "win32";

describe("the server", { timeout: 30_000 }, () => {
  it(
    "finishes the request under way before it stops",
    { skip },
    async (test) => {
      const env = { NODE_ENV: "production", SECRET_KEY: SECRET };
      const server = serve(test, env);
      const { hostname, port } = new URL(await server.listening);
      const socket = connect(Number(port), hostname);
      socket.write("GET /healthz HTTP/1.1\r\nHost: a\r\n");
      await once(socket, "connect");
      // An answer on a second connection: the server has read from the first one by now.
      await fetch(`http://${hostname}:${port}/healthz`);

      await server.stop();
      socket.write("\r\n");
      assert.match(await text(socket), /^HTTP\/1\.1 200 OK/);
      assert.deepEqual(await server.exit, [0, null]);
    },
  );

  it("closes live connections when it stops", { skip }, async (test) => {
    const server = serve(test);
    const client = await connectLive(await server.listening);
    const closed = once(client, "close");
    await server.stop();
    assert.equal((await closed)[0], 1001);
    assert.deepEqual(await server.exit, [0, null]);
  });

  it("does not start in production without a secret", async (test) => {
    const server = serve(test, { NODE_ENV: "production" });
    await assert.rejects(server.listening, /SECRET_KEY/);
    assert.deepEqual(await server.exit, [1, null]);
  });

  for (const NODE_ENV of ["development", "production"])
    it(`names a port that is taken in ${NODE_ENV}`, async (test) => {
      const { port } = new URL(await serve(test).listening);
      const second = serve(test, { NODE_ENV, PORT: port, SECRET_KEY: SECRET });
      await assert.rejects(second.listening, {
        message: `listen EADDRINUSE: address already in use 127.0.0.1:${port}. Set another PORT or HOST.\n`,
      });
      assert.deepEqual(await second.exit, [1, null]);
    });
});
