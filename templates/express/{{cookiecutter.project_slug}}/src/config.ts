import { z } from "zod";

/** For development and tests only; too short for production, as is the one of `.env.example`. */
const DEVELOPMENT_SECRET = "development";

const environment = z
  .object({
    NODE_ENV: z
      .enum(["development", "test", "production"])
      .default("development"),
    HOST: z.string().default("127.0.0.1"),
    PORT: z.coerce.number().int().min(0).max(65535).default(3000),
    DATABASE_URL: z
      .string()
      .regex(/^(sqlite:\/\/\/|postgres(ql)?:\/\/)./, {
        error: "must begin with sqlite:/// or postgresql://",
      })
      .default("sqlite:///data/app.db"),
    LOG_LEVEL: z
      .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])
      .default("info"),
    SECRET_KEY: z.string().default(DEVELOPMENT_SECRET),
    // A number of proxies, or their addresses; none of them is trusted by default.
    TRUST_PROXY: z
      .string()
      .transform((text) => (/^\d+$/.test(text) ? Number(text) : text || false))
      .default(false),
  })
  .refine(
    (env) => env.NODE_ENV !== "production" || env.SECRET_KEY.length >= 32,
    {
      path: ["SECRET_KEY"],
      error:
        "production needs one of 32 characters or more; .env.example says how to make it",
    },
  );

/** Reads the environment once. Everything else gets the values it needs from here. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const result = environment.safeParse(env);
  if (!result.success) {
    const problems = result.error.issues.map(
      (issue) => `${issue.path.join(".")}: ${issue.message}`,
    );
    throw new Error(`Configuration: ${problems.join("; ")}`);
  }
  const values = result.data;
  return Object.freeze({
    production: values.NODE_ENV === "production",
    host: values.HOST,
    port: values.PORT,
    databaseUrl: values.DATABASE_URL,
    logLevel: values.LOG_LEVEL,
    secretKey: values.SECRET_KEY,
    trustProxy: values.TRUST_PROXY,
  });
}

export type Config = ReturnType<typeof readConfig>;
