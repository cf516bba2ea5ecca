/** Express and Kysely alone. */
import express from "express";

import { connect } from "./database.ts";
import { findToken } from "./tokens.ts";
import { listTasks } from "./tasks/repository.ts";

const database = connect(process.env["DATABASE_URL"] ?? "");
const app = express();

app.get("/healthz", (_req, res) => {
  res.json({ status: "ok" });
});

app.get("/api/tasks", async (req, res) => {
  const secret = (req.get("authorization") ?? "").replace("Bearer ", "");
  const token = await findToken(database, secret);
  if (!token?.rights.includes("read")) {
    res.sendStatus(401);
    return;
  }
  const { data, total } = await listTasks(database, 1, 20);
  res.json({ data, meta: { page: 1, limit: 20, total } });
});

app.listen(Number(process.env["PORT"]), "127.0.0.1");
