import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { describe, it } from "node:test";
import { setImmediate } from "node:timers/promises";

import { WebSocket } from "ws";

import { connectLive, message, start } from "./support.ts";

describe("live connections", () => {
  it("carry what one says to everyone, in order", async (test) => {
    const { url } = await start(test);
    const [alice, bob] = [await connectLive(url), await connectLive(url)];
    alice.send(JSON.stringify({ text: "  <b>Hello</b>  " }));
    for (const client of [alice, bob]) {
      const { name, text } = await message(client, "said");
      assert.match(String(name), /^guest-[\da-f]{4}$/);
      assert.equal(text, "<b>Hello</b>");
    }
  });

  it("say how many are present", async (test) => {
    const { url } = await start(test);
    const alice = await connectLive(url);
    const joined = message(alice, "present");
    const bob = await connectLive(url);
    assert.equal((await joined)["count"], 2);
    const left = message(alice, "present");
    bob.close();
    assert.equal((await left)["count"], 1);
  });

  it("reach a hundred people at once", async (test) => {
    const { url } = await start(test);
    const clients = await Promise.all(
      Array.from({ length: 100 }, () => connectLive(url)),
    );
    const heard = clients.map((client) => message(client, "said"));
    clients[0]?.send(JSON.stringify({ text: "Hello" }));
    for (const { text } of await Promise.all(heard))
      assert.equal(text, "Hello");
  });

  it("ignore what is no message, and stay open", async (test) => {
    const { url } = await start(test);
    const client = await connectLive(url);
    const nothing = ["{", "null", "[]", '{"text":5}', '{"text":" "}'];
    for (const text of [...nothing, `{"text":"${"x".repeat(501)}"}`])
      client.send(text);
    client.send(JSON.stringify({ text: "last" }));
    assert.equal((await message(client, "said"))["text"], "last");
  });

  it("end when a client sends too much at once", async (test) => {
    const { url } = await start(test);
    const client = await connectLive(url);
    client.send("x".repeat(20_000));
    assert.equal((await once(client, "close"))[0], 1009);
  });

  it("may break before they are made", async (test) => {
    const { get, url } = await start(test);
    const { hostname, port } = new URL(url);
    for (let i = 0; i < 50; i++) {
      const socket = connect(Number(port), hostname);
      await once(socket, "connect");
      socket.write(
        "GET /live HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
      );
      await setImmediate();
      socket.resetAndDestroy();
      await once(socket, "close");
    }
    assert.equal((await get("/healthz")).status, 200);
  });

  it("are made at one address only", async (test) => {
    const { get, url } = await start(test);
    const elsewhere = new WebSocket(`${url.replace("http", "ws")}/healthz`);
    const [error] = (await once(elsewhere, "error")) as [Error];
    assert.match(error.message, /200/);
    assert.equal((await get("/live")).status, 404);
  });

  it("are refused to other sites and to strangers", async (test) => {
    const { url } = await start(test);
    const page = await fetch(url);
    const Cookie = page.headers.get("Set-Cookie")?.split(";")[0] ?? "";
    const forged = `${Cookie.slice(0, -4)}AAAA`;
    const attempts = [
      { origin: "https://evil.test", headers: { Cookie } },
      { origin: url, headers: {} },
      { origin: url, headers: { Cookie: forged } },
      { origin: url, headers: { Cookie: "visitor=me." } },
    ];
    for (const options of attempts) {
      const client = new WebSocket(
        `${url.replace("http", "ws")}/live`,
        options,
      );
      const [error] = (await once(client, "error")) as [Error];
      assert.match(error.message, /403/);
    }
  });
});
