import { readConfig } from "./config.ts";
import { connect } from "./database.ts";
import { createLogger } from "./logger.ts";
import { createServer } from "./server.ts";

const config = readConfig(process.env);
const log = createLogger(config.logLevel);
const db = connect(config);
const { server, stop } = createServer(config, db, log);

server.on("error", ({ message }) => {
  console.error(`${message}. Is PORT=${String(config.port)} taken?`);
  process.exit(1);
});
server.listen(config.port, config.host, () => {
  log("info", "listening", { address: server.address() });
});

for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, () => void stop().then(() => db.close()));
