import { createHash, randomBytes } from "node:crypto";

import type { ColumnType } from "kysely";
import { z } from "zod";

import type { Database } from "./database.ts";

const YEAR = 365 * 24 * 60 * 60 * 1_000;

/** What a token may do, as it is stored. */
export const tokenRights = z.enum(["read", "read,write"]);

/** A token as the application sees it. The secret itself is known to its holder only. */
export const token = z.object({
  name: z.string(),
  rights: z.array(z.enum(["read", "write"])),
});

export type Token = z.infer<typeof token>;

export interface TokenTable {
  name: string;
  hash: string;
  rights: string;
  created: ColumnType<Date | string, string>;
  expires: ColumnType<Date | string, string>;
}

/** Returns the secret, which cannot be read again. */
export async function createToken(
  database: Database,
  name: string,
  rights: z.infer<typeof tokenRights>,
): Promise<string> {
  const secret = randomBytes(32).toString("base64url");
  const now = Date.now();
  const { numInsertedOrUpdatedRows } = await database
    .insertInto("tokens")
    .values({
      name,
      hash: hashOf(secret),
      rights,
      created: new Date(now).toISOString(),
      expires: new Date(now + YEAR).toISOString(),
    })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 0n)
    throw new Error(`There is a token named ${name} already.`);
  return secret;
}

export async function revokeToken(database: Database, name: string) {
  const { numDeletedRows } = await database
    .deleteFrom("tokens")
    .where("name", "=", name)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Finds the token of a secret, unless it has expired. */
export async function findToken(database: Database, secret: string) {
  const row = await database
    .selectFrom("tokens")
    .select(["name", "rights"])
    .where("hash", "=", hashOf(secret))
    .where("expires", ">", new Date().toISOString())
    .executeTakeFirst();
  return row && token.parse({ ...row, rights: row.rights.split(",") });
}

/** Fast on purpose: a random secret of 256 bits cannot be guessed from its hash, as a password can. */
function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
