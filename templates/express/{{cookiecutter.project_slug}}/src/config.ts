import { levels } from "pino";
import { z } from "zod";

const list = z
  .string()
  .transform((text) => text.split(",").map((item) => item.trim()))
  .default([]);
const seconds = z.coerce.number().min(0);

const environment = z.object({
  // Production unless somebody says otherwise: what is forgotten must not open a door.
  NODE_ENV: z.enum(["development", "test", "production"]).default("production"),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:\/\/\/|postgres(ql)?:\/\/)./)
{% if cookiecutter.database == "postgresql" %}
    .default("postgresql://postgres:postgres@127.0.0.1:5432/postgres"),
{% else %}
    .default("sqlite:///data/app.db"),
{% endif %}
  ALLOWED_HOSTS: list,
  CORS_ORIGINS: list,
  // A number of proxies, or their addresses; none is trusted by default.
  TRUST_PROXY: z
    .string()
    .transform((text) => (/^\d+$/.test(text) ? Number(text) : text))
    .default(0),
  API_RATE: z.coerce.number().int().min(1).default(600),
  STATEMENT_TIMEOUT: seconds.default(5),
  DRAIN_SECONDS: seconds.default(2),
  // "warning" is what other programs call it.
  LOG_LEVEL: z
    .string()
    .transform((level) => (level === "warning" ? "warn" : level))
    .refine((level) => level === "silent" || level in levels.values)
    .default("info"),
});

export type Config = z.infer<typeof environment>;

/** Reads the environment once. Everything else gets the values it needs from here. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  // An empty variable counts as none.
  const given = Object.entries(env).filter(([, value]) => value !== "");
  const result = environment.safeParse(Object.fromEntries(given));
  if (result.success) return result.data;
  throw new Error(`Configuration:\n${z.prettifyError(result.error)}`);
}
