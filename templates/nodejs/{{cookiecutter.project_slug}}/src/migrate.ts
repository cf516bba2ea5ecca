import { readConfig } from "./config.ts";
import { connect } from "./database.ts";
import { migrate } from "./migrations.ts";

const database = await connect(readConfig(process.env).databaseUrl);
try {
  const applied = await migrate(database);
  console.log(
    applied.length > 0 ? `applied ${applied.join(", ")}` : "up to date",
  );
} finally {
  await database.close();
}
