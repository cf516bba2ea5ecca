import { createServer } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { connect } from "./database.ts";
import { createLogger } from "./middleware/log-requests.ts";

const config = readConfig(process.env);
const logger = createLogger(config.LOG_LEVEL);
const database = connect(config.DATABASE_URL, config.STATEMENT_TIMEOUT);
const app = createApp(config, database, logger);

// A client that sends its request slowly is cut off.
const server = createServer(
  {
    headersTimeout: 15_000,
    requestTimeout: 25_000,
    connectionsCheckingInterval: 1_000,
  },
  app,
);

server.on("error", (error) => {
  console.error(`${error.message}. Set another PORT or HOST.`);
  process.exitCode = 1;
  void database.destroy();
});

server.listen(config.PORT, config.HOST, () => {
  logger.info({ address: server.address() }, "listening");
});

/** Tells the load balancer first, then closes the door, then waits for the requests under way. */
async function stop(signal: NodeJS.Signals) {
  logger.info({ signal }, "stopping");
  app.enable("draining");
  await delay(config.DRAIN_SECONDS * 1_000);
  server.close(() => void database.destroy());
  // Whatever still runs in six seconds is cut off.
  setTimeout(() => server.closeAllConnections(), 6_000).unref();
}

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void stop(signal));
