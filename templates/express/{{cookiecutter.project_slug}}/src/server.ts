import { createServer } from "node:http";

import { pino } from "pino";

import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { connect } from "./database.ts";

/** How long requests under way may take after a signal to stop. */
const GRACE_MS = 5_000;

const config = readConfig(process.env);
const logger = pino({ level: config.logLevel });
const database = connect(config.databaseUrl);

const server = createServer(
  // A client that sends its request slowly is cut off.
  { headersTimeout: 15_000, requestTimeout: 30_000 },
  createApp(config, database, logger),
);

// While stopping, a connection ends with its last answer instead of waiting for another request.
server.on("request", (req, res) => {
  res.once("finish", () => {
    if (!server.listening) req.socket.end();
  });
});

server.on("error", (error) => {
  console.error(`${error.message}. Set another PORT or HOST.`);
  process.exitCode = 1;
  void database.destroy();
});

server.listen(config.port, config.host, () => {
  logger.info({ address: server.address() }, "listening");
});

function stop(signal: NodeJS.Signals) {
  logger.info({ signal }, "stopping");
  server.close(() => void database.destroy());
  setTimeout(() => {
    server.closeAllConnections();
  }, GRACE_MS).unref();
}

process.once("SIGINT", stop);
process.once("SIGTERM", stop);
