import { readConfig } from "../config.ts";
import { connect } from "../database.ts";
import { createToken, revokeToken } from "../tokens.ts";

const [action, name = "", rights = "read"] = process.argv.slice(2);
const creates = action === "create" && /^read(,write)?$/.test(rights);
if (name === "" || !(creates || action === "revoke")) {
  console.error("usage: token create NAME [read|read,write] | revoke NAME");
  process.exit(2);
}

const db = connect(readConfig(process.env));
try {
  if (creates) console.log(await createToken(db, name, rights));
  else await revokeToken(db, name);
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
} finally {
  await db.close();
}
