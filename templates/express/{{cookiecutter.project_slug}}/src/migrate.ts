import { readConfig } from "./config.ts";
import { connect, migrate } from "./database.ts";

const database = connect(readConfig(process.env).databaseUrl);
try {
  const applied = await migrate(database);
  console.log(
    applied.length > 0 ? `applied ${applied.join(", ")}` : "up to date",
  );
} finally {
  await database.destroy();
}
