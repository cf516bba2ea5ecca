import { readConfig } from "../config.ts";
import { connect } from "../database.ts";
import { createToken, revokeToken, tokenRights } from "../tokens.ts";

const [command, name, given = "read"] = process.argv.slice(2);
const rights = tokenRights.safeParse(given).data;

const database = connect(readConfig(process.env).DATABASE_URL);
try {
  if (command === "create" && name && rights)
    console.log(await createToken(database, name, rights));
  else if (command !== "revoke" || !name)
    throw new Error("Say: create NAME [read|read,write], or: revoke NAME");
  else if (!(await revokeToken(database, name)))
    throw new Error(`No token is named ${name}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await database.destroy();
}
