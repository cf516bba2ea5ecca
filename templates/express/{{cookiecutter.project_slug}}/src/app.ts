import { join } from "node:path";

import express from "express";
import { engine as handlebars } from "express-handlebars";
import helmet from "helmet";
import type { Logger } from "pino";

import manifest from "../package.json" with { type: "json" };
import type { Config } from "./config.ts";
import type { Database } from "./database.ts";
import { health } from "./health.ts";
import { logRequests } from "./middleware/log-requests.ts";
import { handleError, notFound } from "./middleware/problem.ts";
import { pages } from "./pages.ts";
import { tasks } from "./tasks/router.ts";

const root = join(import.meta.dirname, "..");

/** The application without a listener, so that a test can start as many as it likes. */
export function createApp(config: Config, database: Database, logger: Logger) {
  const app = express();

  app.disable("x-powered-by");
  app.set("env", config.production ? "production" : "development");
  app.set("trust proxy", config.trustProxy);
  app.set("views", join(root, "views"));
  app.set("view engine", "ejs");
  app.set("view cache", config.production);
  // Express finds EJS and Pug by the file's ending; Handlebars has to be registered.
  // eslint-disable-next-line @typescript-eslint/no-misused-promises -- it reports through its callback
  app.engine("handlebars", handlebars({ defaultLayout: false }));
  app.locals["title"] = manifest.displayName;
  app.locals["description"] = manifest.description;

  // What stands first sees every request, what stands last sees what nobody answered.
  app.use(logRequests(logger));
  app.use(securityHeaders(config));
  app.use(express.static(join(root, "public"), { maxAge: "1h" }));
  app.use(health(database));
  app.use(pages());
  app.use(tasks(database, config));
  app.use(notFound);
  app.use(handleError);

  return app;
}

function securityHeaders({ production }: Config) {
  // Development has no HTTPS that a browser could change over to.
  const upgradeInsecureRequests = production ? [] : null;
  return helmet({
    contentSecurityPolicy: { directives: { upgradeInsecureRequests } },
  });
}
