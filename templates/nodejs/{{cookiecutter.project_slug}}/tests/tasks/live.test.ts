import assert from "node:assert/strict";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { describe, it } from "node:test";

import { Live } from "../../src/tasks/live.ts";
import { basic, body, start } from "../support.ts";

/** Opens the stream of changes and reads on it, event by event. */
async function listen(url: string, token: string) {
  const response = await fetch(`${url}/tasks/live`, { headers: basic(token) });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("Content-Type"), "text/event-stream");
  assert.ok(response.body);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  return async () => (await reader.read()).value;
}

/** An answer that nobody reads. */
function unread() {
  const res = new ServerResponse(new IncomingMessage(new Socket()));
  const written: string[] = [];
  res.write = (text: string) => written.push(text) > 0;
  return { res, written };
}

describe("a changed task", () => {
  it("reaches every open page, once for each thing that happened", async (test) => {
    const { url, token, api } = await start(test);
    const pages = [await listen(url, token), await listen(url, token)];
    const heard = async (action: string, id: unknown) => {
      for (const next of pages)
        assert.equal(
          await next(),
          `event: change\ndata: ${JSON.stringify({ action, id })}\n\n`,
        );
    };

    const { id } = await body(await api("POST", "/api/tasks", { title: "a" }));
    await heard("created", id);
    const path = `/api/tasks/${String(id)}`;
    await api("PATCH", path, { title: "" });
    await api("PATCH", path, { done: true });
    await heard("changed", id);
    await api("DELETE", path);
    await api("DELETE", path);
    await heard("removed", id);

    await fetch(`${url}/tasks`, {
      method: "POST",
      headers: basic(token),
      body: new URLSearchParams({ title: "b" }),
      redirect: "manual",
    });
    for (const next of pages) assert.match((await next()) ?? "", /created/);
  });

  it("leaves the stream at the end of the process", async (test) => {
    const env = { DRAIN_SECONDS: "0" };
    const { url, token, stop } = await start(test, { env });
    const next = await listen(url, token);
    await stop();
    assert.equal(await next(), undefined);
  });
});

describe("a stream", () => {
  it("is kept open by a comment every 15 seconds", (test) => {
    test.mock.timers.enable({ apis: ["setInterval"] });
    const live = new Live();
    const { res, written } = unread();
    live.add(res);
    test.mock.timers.tick(15_000);
    test.mock.timers.tick(15_000);
    assert.deepEqual(written, [":\n\n", ":\n\n"]);
    live.close();
    test.mock.timers.tick(15_000);
    live.publish("created", "1");
    assert.equal(written.length, 2);
  });

  it("ends when nobody reads what is sent", () => {
    const live = new Live();
    const { res } = unread();
    live.add(res);
    Object.defineProperty(res, "writableLength", { value: 65_537 });
    live.publish("created", "1");
    assert.equal(res.destroyed, true);
    live.close();
  });
});
