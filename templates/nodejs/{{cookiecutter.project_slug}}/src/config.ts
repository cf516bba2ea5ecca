import { levels, type Level } from "./logger.ts";

export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  /** What clients may put into `Host`; empty outside of production: anything. */
  readonly allowedHosts: readonly string[];
  /** Other origins whose pages may use the API. */
  readonly corsOrigins: readonly string[];
  readonly drainSeconds: number;
{% if cookiecutter.database == "postgresql" %}
  readonly statementTimeout: number;
{% endif %}
  readonly logLevel: Level;
}

/** Reads the environment once. Everything else gets the values it needs from here. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const problems: string[] = [];
  const read = (name: string, value: string, valid: RegExp, must: string) => {
    const text = env[name] ?? value;
    if (!valid.test(text)) problems.push(`${name}: must be ${must}`);
    return text;
  };
  const config = {
    production: !["development", "test"].includes(env["NODE_ENV"] ?? ""),
    host: env["HOST"] ?? "127.0.0.1",
    port: Number(read("PORT", "3000", /^\d{1,5}$/, "a number up to 65535")),
    databaseUrl: read(
      "DATABASE_URL",
{% if cookiecutter.database == "postgresql" %}
      "postgresql://app:app@127.0.0.1:5432/app",
      /^postgres(ql)?:\/\/./,
      "postgresql://user:password@host:port/name",
{% else %}
      "sqlite:///data/app.db",
      /^sqlite:\/\/\/./,
      "sqlite:///relative or sqlite:////absolute",
{% endif %}
    ),
    allowedHosts: list(env["ALLOWED_HOSTS"]),
    corsOrigins: list(env["CORS_ORIGINS"]),
    drainSeconds: Number(
      read("DRAIN_SECONDS", "2", /^\d{1,3}$/, "a number of seconds"),
    ),
{% if cookiecutter.database == "postgresql" %}
    statementTimeout: Number(
      read("STATEMENT_TIMEOUT", "5", /^\d{1,4}$/, "a number of seconds"),
    ),
{% endif %}
    logLevel: read(
      "LOG_LEVEL",
      "info",
      new RegExp(`^(${Object.keys(levels).join("|")})$`),
      Object.keys(levels).join(", "),
    ) as Level,
  };
  if (config.port > 65535) problems.push("PORT: must be a number up to 65535");
  if (problems.length > 0)
    throw new Error(`Configuration: ${problems.join("; ")}`);
  return config;
}

function list(text = ""): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
