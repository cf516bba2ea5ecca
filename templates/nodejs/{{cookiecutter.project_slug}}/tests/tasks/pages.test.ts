import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { createToken } from "../../src/tokens.ts";
import { basic, body, start } from "../support.ts";

describe("the page of tasks", () => {
  it("asks for a token as password", async (test) => {
    const { get, token } = await start(test);
    for (const path of ["/tasks", "/tasks/live"])
      for (const headers of [
        {},
        basic("wrong"),
        basic(""),
        { Authorization: `Bearer ${token}` },
      ]) {
        const response = await get(path, headers);
        assert.equal(response.status, 401);
        assert.match(response.headers.get("WWW-Authenticate") ?? "", /^Basic /);
      }
    assert.equal((await get("/tasks", basic(token))).status, 200);
    const nobody = { Authorization: `Basic ${btoa(`:${token}`)}` };
    assert.equal((await get("/tasks", nobody)).status, 200);
  });

  it("shows titles as text", async (test) => {
    const { api, get, token } = await start(test);
    const title = `<img src=x onerror="1">' & $&`;
    await api("POST", "/api/tasks", { title });
    await api("POST", "/api/tasks", { title: "b", done: true });
    const response = await get("/tasks", basic(token));
    const page = await response.text();
    assert.ok(
      page.includes(
        "<li>&#60;img src=x onerror=&#34;1&#34;&#62;&#39; &#38; $&#38;</li>",
      ),
    );
    assert.ok(page.includes('<li class="done">b</li>'));
    assert.equal(response.headers.get("Cache-Control"), "no-store");
  });

  const post = async (
    url: string,
    token: string,
    headers: Record<string, string>,
    title = "From the form",
  ) => {
    const response = await fetch(`${url}/tasks`, {
      method: "POST",
      headers: { ...basic(token), ...headers },
      body: new URLSearchParams({ title }),
      redirect: "manual",
    });
    return response.status;
  };

  it("has a form that makes a task", async (test) => {
    const { url, api, token } = await start(test);
    const own: Record<string, string>[] = [
      { "Sec-Fetch-Site": "same-origin" },
      { "Sec-Fetch-Site": "none" },
      { Origin: url },
      {},
    ];
    for (const headers of own)
      assert.equal(await post(url, token, headers), 303);
    assert.equal(await post(url, token, {}, " "), 422);
    const { meta } = await body(await api("GET", "/api/tasks"));
    assert.equal((meta as { total: number }).total, own.length);
  });

  it("takes no form of another site, or of one who may only read", async (test) => {
    const { url, api, database, token } = await start(test);
    const forged: Record<string, string>[] = [
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
      { "Sec-Fetch-Site": "" },
      { "Sec-Fetch-Site": "cross-site", Origin: url },
      { Origin: "https://evil.test" },
      { Origin: "null" },
    ];
    for (const headers of forged)
      assert.equal(
        await post(url, token, headers),
        403,
        JSON.stringify(headers),
      );
    const reader = await createToken(database, "reader", "read");
    assert.equal(await post(url, reader, {}), 403);
    const { meta } = await body(await api("GET", "/api/tasks"));
    assert.equal((meta as { total: number }).total, 0);
  });
});
