import { join } from "node:path";

import cors from "cors";
import express, { type RequestHandler } from "express";
import { rateLimit } from "express-rate-limit";
import helmet from "helmet";
import createError from "http-errors";
import type { Logger } from "pino";

import manifest from "../package.json" with { type: "json" };
import type { Config } from "./config.ts";
import type { Database } from "./database.ts";
import { health } from "./health.ts";
import { logRequests } from "./middleware/log-requests.ts";
import {
  handleError,
  methodNotAllowed,
  notFound,
} from "./middleware/problem.ts";
import { requireToken, tokenOf } from "./middleware/require-token.ts";
import { document } from "./openapi.ts";
{% if cookiecutter.example %}
import { tasks } from "./tasks/index.ts";
{% endif %}

const root = join(import.meta.dirname, "..");
const BODY_LIMIT = 1024 * 1024;

/** The application without a listener, so that a test can start as many as it likes. */
export function createApp(config: Config, database: Database, logger: Logger) {
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
  app.use(health(database));
  app.use((req, _res, next) => {
    const hosts = config.ALLOWED_HOSTS; // none in development, which allows all
    if (hosts.length > 0 && !hosts.includes(req.hostname))
      throw createError(421);
    next();
  });
  // The pages link to themselves by path only; without HTTPS in front, upgrading would break them.
  app.use(
    helmet({
      contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
    }),
  );
  app.use(express.static(join(root, "public")));

  app.get("/", (_req, res) => {
    res.render("home");
  });
  app.get("/openapi.json", (_req, res) => {
    res.json(document);
  });

  // A browser's preflight request carries no token, and no stranger's body is read.
  app.use("/api", (_req, res, next) => {
    res.set("Cache-Control", "no-store");
    next();
  });
  if (config.CORS_ORIGINS.length > 0)
    app.use("/api", cors({ origin: config.CORS_ORIGINS }));
  app.use("/api", requireToken(database, "Bearer"));
  app.use("/api", limitRequests(config.API_RATE));
  app.use("/api", refuseLargeBody, express.json({ limit: BODY_LIMIT }));
  app
    .route("/api/me")
    .get((_req, res) => {
      res.json(tokenOf(res));
    })
    .all(methodNotAllowed("GET", "HEAD"));
{% if cookiecutter.example %}
  app.use(tasks(database));
{% endif %}

  app.use(notFound);
  app.use(handleError);

  return app;
}

/** Counts the requests of each token, in this process. */
function limitRequests(limit: number) {
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: "draft-8", // with Retry-After
    legacyHeaders: false,
    keyGenerator: (_req, res) => tokenOf(res).name,
    handler: (_req, _res, next) => {
      next(createError(429));
    },
  });
}

/** `express.json` refuses such a body, too, but reads it to its end before it says so. */
const refuseLargeBody: RequestHandler = (req, _res, next) => {
  if (Number(req.get("Content-Length")) > BODY_LIMIT) throw createError(413);
  next();
};
