import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";

import { readConfig } from "../src/config.ts";
import { connect } from "../src/database.ts";
import { migrate } from "../src/migrate.ts";
import { openDatabase } from "./support.ts";

function migrations(test: TestContext, files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), "migrations-"));
  test.after(() => {
    rmSync(folder, { recursive: true });
  });
  for (const [name, sql] of Object.entries(files))
    writeFileSync(join(folder, name), sql);
  return folder;
}

const GROWTH = {
  "0100_books.sql": "create table books (title varchar(99) not null);",
  "0101_add.sql":
    "alter table books add column author text; create unique index books_by_title on books (title);",
  "0102_rename.sql": "alter table books rename column author to writer",
  "0103_drop.sql":
    "alter table books drop column writer; drop index books_by_title -- done",
};

describe("migrations", () => {
  it("are applied once, in order, and may add, rename and drop", async (test) => {
    const { database } = await openDatabase(test);
    const folder = migrations(test, GROWTH);
    assert.deepEqual(await migrate(database, folder), Object.keys(GROWTH));
    assert.deepEqual(await migrate(database, folder), []);
    await database.query`insert into books values ('twice')`;
    await database.query`insert into books values ('twice')`;
  });

  it("leave nothing when they fail, and can be tried again", async (test) => {
    const { database } = await openDatabase(test);
    const create = "create table books (title text);";
    const name = "0100_books.sql";
    const wrong = migrations(test, { [name]: `${create} nonsense` });
    await assert.rejects(migrate(database, wrong), /0100_books\.sql failed/);
    await assert.rejects(database.query`select * from books`);
    const right = migrations(test, { [name]: create });
    assert.deepEqual(await migrate(database, right), [name]);
  });

  it("can be started by two processes at once", async (test) => {
    const { url } = await openDatabase(test);
    const folder = migrations(test, GROWTH);
    const both = [1, 2].map(async () => {
      const database = connect(readConfig({ DATABASE_URL: url }));
      await migrate(database, folder);
      await database.close();
    });
    await Promise.all(both);
  });

  it("are named by number", async (test) => {
    const { database } = await openDatabase(test);
    const folder = migrations(test, { "add_books.sql": "" });
    await assert.rejects(migrate(database, folder), /add_books\.sql/);
  });
});
