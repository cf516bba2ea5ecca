import { readDatabaseUrl } from "../config.ts";
import { connect, migrate } from "../database.ts";

const database = connect(readDatabaseUrl(process.env));
try {
  const applied = await migrate(database);
  console.log(
    applied.length > 0 ? `applied ${applied.join(", ")}` : "up to date",
  );
} finally {
  await database.destroy();
}
