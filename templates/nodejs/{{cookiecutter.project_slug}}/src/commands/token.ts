import { readConfig } from "../config.ts";
import { connect } from "../database.ts";
import { createToken, revokeToken } from "../tokens.ts";

const [action, name = "", rights = "read"] = process.argv.slice(2);
const creates = action === "create" && /^read(,write)?$/.test(rights);
if (name === "" || !(creates || action === "revoke")) {
  console.error("usage: token create NAME [read | read,write]");
  console.error("       token revoke NAME");
  process.exit(2);
}

const database = connect(readConfig(process.env));
try {
  if (creates) console.log(await createToken(database, name, rights));
  else if (await revokeToken(database, name)) console.log(`revoked ${name}`);
  else throw new Error(`no token is named ${name}`);
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
} finally {
  await database.close();
}
