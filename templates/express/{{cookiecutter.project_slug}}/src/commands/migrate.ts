import { readConfig } from "../config.ts";
import { connect, migrate } from "../database.ts";

const database = connect(readConfig(process.env).DATABASE_URL);
try {
  console.log((await migrate(database)).join("\n") || "up to date");
} finally {
  await database.destroy();
}
