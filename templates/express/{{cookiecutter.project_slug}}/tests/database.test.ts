import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { sql } from "kysely";
import { Migrator, type Migration } from "kysely/migration";

import { migrate } from "../src/database.ts";
import { start } from "./support.ts";

describe("migrations", () => {
  it("are applied once", async (test) => {
    const { database } = await start(test);
    assert.deepEqual(await migrate(database), []);
  });

  it("leave nothing behind when one fails", async (test) => {
    const { database } = await start(test);
    const failing: Migration = {
      up: async (database) => {
        await sql`create table half (id integer)`.execute(database);
        throw new Error("in the middle");
      },
    };
    const migrator = new Migrator({
      db: database,
      provider: { getMigrations: () => Promise.resolve({ failing }) },
      allowUnorderedMigrations: true,
      migrationTableName: "failing_migration",
      migrationLockTableName: "failing_migration_lock",
    });
    const { error } = await migrator.migrateToLatest();
    assert.match(String(error), /in the middle/);
    const tables = await database.introspection.getTables();
    assert.ok(!tables.some(({ name }) => name === "half"));
  });
});
