import { readConfig } from "./config.ts";
import { connect } from "./database.ts";
import { Logger } from "./logger.ts";
import { createServer } from "./server.ts";

const config = readConfig(process.env);
const logger = new Logger(config.logLevel);
const database = connect(config);
const { server, stop } = createServer({ config, database, logger });

server.on("error", ({ message }) => {
  console.error(`${message}. Is PORT=${String(config.port)} taken?`);
  process.exit(1);
});

server.listen(config.port, config.host, () => {
  logger.log("info", "listening", { address: server.address() });
});

async function shutDown(signal: NodeJS.Signals) {
  logger.log("info", "stopping", { signal });
  await stop();
  await database.close();
}

process.once("SIGINT", (signal) => void shutDown(signal));
process.once("SIGTERM", (signal) => void shutDown(signal));
