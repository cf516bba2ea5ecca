/** node:http and node:sqlite alone. */
import { createServer } from "node:http";

import { connect } from "./database.ts";
import { readConfig } from "./config.ts";
import { authorize } from "./tokens.ts";
import { list } from "./tasks/store.ts";

const database = connect(readConfig(process.env));

createServer(async (req, res) => {
  let body: unknown = { status: "ok" };
  if (req.url === "/api/tasks") {
    await authorize(database, req, "Bearer");
    body = await list(database, { page: 1, limit: 20 });
  }
  res.setHeader("Content-Type", "application/json");
  res.end(JSON.stringify(body));
}).listen(Number(process.env["PORT"]), "127.0.0.1");
