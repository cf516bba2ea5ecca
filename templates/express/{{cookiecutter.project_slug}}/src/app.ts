import { join } from "node:path";

import cors from "cors";
import express from "express";
import { rateLimit } from "express-rate-limit";
import helmet from "helmet";
import createError from "http-errors";
import { sql } from "kysely";
import type { Logger } from "pino";

import manifest from "../package.json" with { type: "json" };
import type { Config } from "./config.ts";
import type { Database } from "./database.ts";
import { logRequests } from "./middleware/log-requests.ts";
import { handleError, methodNotAllowed } from "./middleware/problem.ts";
import { requireToken } from "./middleware/require-token.ts";
import { document } from "./openapi.ts";
{% if cookiecutter.example %}
import { tasksApi } from "./tasks/api.ts";
import { taskPages } from "./tasks/pages.ts";
{% endif %}
import type { Token } from "./tokens.ts";

const root = join(import.meta.dirname, "..");
const BODY_LIMIT = 1024 * 1024;

/** The application without a listener, so that a test can start as many as it likes. */
export function createApp(config: Config, database: Database, logger: Logger) {
  const hosts = config.ALLOWED_HOSTS; // none in development, which allows all
  if (config.NODE_ENV === "production" && hosts.length === 0)
    throw new Error("ALLOWED_HOSTS: production needs the names it has");
  const app = express();

  app.disable("x-powered-by");
  // Express looks at NODE_ENV itself, and takes its absence for development.
  app.set("env", config.NODE_ENV);
  app.set("view cache", config.NODE_ENV === "production");
  app.set("trust proxy", config.TRUST_PROXY);
  app.set("views", join(root, "views"));
  app.set("view engine", "ejs");
  app.locals["title"] = manifest.displayName;
  app.locals["description"] = manifest.description;

  // What stands first sees every request, what stands last sees what nobody answered.
  app.use((_req, res, next) => {
    if (app.enabled("draining")) res.set("Connection", "close");
    next();
  });
  app.use(logRequests(logger));
  app.get("/healthz", (_req, res) => res.sendStatus(200));
  app.get("/readyz", async (_req, res) => {
    try {
      if (!app.enabled("draining")) await sql`select 1`.execute(database);
      res.sendStatus(app.enabled("draining") ? 503 : 200);
    } catch (error) {
      res.err = error as Error;
      res.sendStatus(503);
    }
  });
  app.use((req, _res, next) => {
    if (hosts.length > 0 && !hosts.includes(req.hostname))
      throw createError(421);
    next();
  });
  // Without HTTPS in front, upgrading would break links, and "no-referrer" our forms: their Origin would be "null".
  app.use(
    helmet({
      contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
      referrerPolicy: { policy: "same-origin" },
    }),
  );
  app.use(express.static(join(root, "public")));

  app.get("/", (_req, res) => res.render("home"));
  app.get("/openapi.json", (_req, res) => res.json(document));

  // A browser's preflight request carries no token, and no stranger's body is read.
  app.use("/api", (_req, res, next) => {
    res.set("Cache-Control", "no-store");
    next();
  });
  if (config.CORS_ORIGINS.length > 0)
    app.use("/api", cors({ origin: config.CORS_ORIGINS }));
  const limiter = rateLimit({
    windowMs: 60_000,
    limit: config.API_RATE,
    standardHeaders: "draft-8", // with Retry-After
    legacyHeaders: false,
    keyGenerator: (_req, res) => (res.locals["token"] as Token).name,
    handler: (_req, _res, next) => next(createError(429)),
  });
  app.use("/api", requireToken(database, "Bearer"), limiter);
  app.use("/api", (req, _res, next) => {
    // `express.json` refuses such a body, too, but reads it to its end before it says so.
    if (Number(req.get("Content-Length")) > BODY_LIMIT) throw createError(413);
    next();
  });
  app.use("/api", express.json({ limit: BODY_LIMIT }));
  app
    .route("/api/me")
    .get((_req, res) => res.json(res.locals["token"]))
    .all(methodNotAllowed("GET", "HEAD"));
{% if cookiecutter.example %}
  app.use(tasksApi(database));
  app.use(taskPages(database));
{% endif %}

  app.use((_req, _res, next) => next(createError(404)));
  app.use(handleError);

  return app;
}
