import { createHash, randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";

import type { Database } from "./database.ts";
import { HttpError } from "./http/answer.ts";

export interface Token {
  name: string;
  rights: string[];
}

const VALID_DAYS = 365;

/** The token itself is returned once and stored nowhere. It is random, so a fast hash protects it. */
export async function createToken(
  database: Database,
  name: string,
  rights: string,
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const now = new Date();
  const expires = new Date(now);
  expires.setUTCDate(now.getUTCDate() + VALID_DAYS);
  const rows = await database.query(
    "insert into tokens (name, hash, rights, created, expires) values ($1, $2, $3, $4, $5) on conflict (name) do nothing returning name",
    name,
    hash(token),
    rights,
    now.toISOString(),
    expires.toISOString(),
  );
  if (rows.length === 0) throw new Error(`a token is named ${name} already`);
  return token;
}

/** False when there is no token of this name. */
export async function revokeToken(
  database: Database,
  name: string,
): Promise<boolean> {
  const rows = await database.query(
    "delete from tokens where name = $1 returning name",
    name,
  );
  return rows.length > 0;
}

const schemes = {
  /** For programs: the token in the header. */
  Bearer: { challenge: "Bearer", pattern: /^Bearer ([\w-]+)$/i },
  /** For browsers, which ask for it by themselves: any user name, the token as password. */
  Basic: {
    challenge: 'Basic realm="Token as password", charset="UTF-8"',
    pattern: /^Basic ([\w+/]+=*)$/i,
  },
};

/** Who asks, with the right to do so: 401 or 403 otherwise. */
export async function authorize(
  database: Database,
  { headers, method = "" }: IncomingMessage,
  scheme: keyof typeof schemes,
): Promise<Token> {
  const { challenge, pattern } = schemes[scheme];
  let token = pattern.exec(headers.authorization ?? "")?.[1] ?? "";
  if (scheme === "Basic")
    token = Buffer.from(token, "base64")
      .toString()
      .replace(/^[^:]*:/, "");
  const [row] = await database.query(
    "select name, rights from tokens where hash = $1 and expires > $2",
    hash(token),
    new Date().toISOString(),
  );
  if (!row)
    throw new HttpError(401, { headers: { "WWW-Authenticate": challenge } });

  const rights = String(row["rights"]).split(",");
  const right = ["GET", "HEAD"].includes(method) ? "read" : "write";
  if (!rights.includes(right))
    throw new HttpError(403, { detail: `This needs the right to ${right}.` });
  return { name: String(row["name"]), rights };
}

function hash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
