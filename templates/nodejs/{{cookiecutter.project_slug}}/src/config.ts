import { isLevel, levels } from "./logger.ts";

export type Config = ReturnType<typeof readConfig>;

/** Reads the environment once. Everything else gets the values it needs from here. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const {
    NODE_ENV: mode = "production",
    HOST: host = "127.0.0.1",
    PORT: port = "3000",
{% if cookiecutter.database == "postgresql" %}
    DATABASE_URL: databaseUrl = "postgresql://app:app@127.0.0.1:5432/app",
    STATEMENT_TIMEOUT: statementTimeout = "5",
{% else %}
    DATABASE_URL: databaseUrl = "sqlite:///data/app.db",
{% endif %}
    DRAIN_SECONDS: drainSeconds = "2",
    LOG_LEVEL: logLevel = "info",
  } = env;
{% if cookiecutter.database == "postgresql" %}
  if (!/^postgres(ql)?:\/\//.test(databaseUrl))
    throw new Error("DATABASE_URL: must begin with postgresql://");
{% else %}
  if (!databaseUrl.startsWith("sqlite:///"))
    throw new Error("DATABASE_URL: must begin with sqlite:///");
{% endif %}
  if (!isLevel(logLevel))
    throw new Error(`LOG_LEVEL: must be ${Object.keys(levels).join(", ")}`);

  return {
    production: mode !== "development" && mode !== "test",
    host,
    port: toNumber("PORT", port, 65_535),
    databaseUrl,
{% if cookiecutter.database == "postgresql" %}
    statementTimeout: toNumber("STATEMENT_TIMEOUT", statementTimeout, 3_600),
{% endif %}
    /** What clients may put into `Host`; empty outside of production: anything. */
    allowedHosts: toList(env["ALLOWED_HOSTS"]),
    /** Other origins whose pages may use the API. */
    corsOrigins: toList(env["CORS_ORIGINS"]),
    drainSeconds: toNumber("DRAIN_SECONDS", drainSeconds, 600),
    logLevel,
  };
}

function toNumber(name: string, text: string, most: number) {
  if (!/^\d+$/.test(text) || Number(text) > most)
    throw new Error(`${name}: must be a number up to ${String(most)}`);
  return Number(text);
}

function toList(text = "") {
  return text.split(",").flatMap((part) => part.trim() || []);
}
