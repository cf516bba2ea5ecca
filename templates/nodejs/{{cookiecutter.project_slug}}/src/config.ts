import { levels, type Level } from "./logger.ts";

/** For development and tests only; too short for production, as is the one of `.env.example`. */
const DEVELOPMENT_SECRET = "development";

export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly logLevel: Level;
  readonly secretKey: string;
}

/** Reads the environment once. Everything else gets the values it needs from here. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const {
    NODE_ENV: mode = "development",
    HOST: host = "127.0.0.1",
    PORT: port = "3000",
    DATABASE_URL: databaseUrl = "sqlite:///data/app.db",
    LOG_LEVEL: logLevel = "info",
    SECRET_KEY: secretKey = DEVELOPMENT_SECRET,
  } = env;
  const production = mode === "production";
  const problems: string[] = [];

  if (!["development", "test", "production"].includes(mode))
    problems.push("NODE_ENV: must be development, test or production");
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535)
    problems.push("PORT: must be a number from 0 to 65535");
  if (!/^(sqlite:\/\/\/|postgres(ql)?:\/\/)./.test(databaseUrl))
    problems.push("DATABASE_URL: must begin with sqlite:/// or postgresql://");
  if (!isLevel(logLevel))
    problems.push(
      `LOG_LEVEL: must be one of ${Object.keys(levels).join(", ")}`,
    );
  if (production && secretKey.length < 32)
    problems.push(
      "SECRET_KEY: production needs one of 32 characters or more; .env.example says how to make it",
    );
  if (problems.length > 0 || !isLevel(logLevel))
    throw new Error(`Configuration: ${problems.join("; ")}`);

  return Object.freeze({
    production,
    host,
    port: Number(port),
    databaseUrl,
    logLevel,
    secretKey,
  });
}

function isLevel(text: string): text is Level {
  return Object.hasOwn(levels, text);
}
