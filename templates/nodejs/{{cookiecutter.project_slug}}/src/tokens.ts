import { createHash, randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";

import type { Database } from "./database.ts";
import { HttpError } from "./http/answer.ts";

export type Token = Awaited<ReturnType<typeof authorize>>;

/** The token is returned once and stored nowhere. It is random, so a fast hash protects it. */
export async function createToken(db: Database, name: string, rights: string) {
  const token = randomBytes(32).toString("base64url");
  const created = new Date();
  const expires = new Date(created.getTime() + 365 * 24 * 60 * 60 * 1_000);
  const rows = await db.query`
    insert into tokens (name, hash, rights, created, expires)
    values (${name}, ${hash(token)}, ${rights}, ${created.toISOString()}, ${expires.toISOString()})
    on conflict (name) do nothing returning name`;
  if (rows.length === 0) throw new Error(`a token is named ${name} already`);
  return token;
}

export async function revokeToken(db: Database, name: string) {
  const rows =
    await db.query`delete from tokens where name = ${name} returning name`;
  if (rows.length === 0) throw new Error(`no token is named ${name}`);
}

const patterns = {
  /** For programs. */
  Bearer: /^Bearer ([\w-]+)$/i,
  /** For browsers, which ask for it by themselves: any user name, the token as password. */
  Basic: /^Basic ([\w+/]+=*)$/i,
};

/** Who asks, with the right to do so: 401 or 403 otherwise. */
export async function authorize(
  db: Database,
  req: IncomingMessage,
  scheme: keyof typeof patterns,
) {
  let token = patterns[scheme].exec(req.headers.authorization ?? "")?.[1] ?? "";
  if (scheme === "Basic")
    token = Buffer.from(token, "base64")
      .toString()
      .replace(/^[^:]*:/, "");
  const [row] = await db.query`
    select name, rights from tokens
    where hash = ${hash(token)} and expires > ${new Date().toISOString()}`;
  const headers = { "WWW-Authenticate": `${scheme} realm="API token"` };
  if (!row) throw new HttpError(401, { headers });

  const rights = String(row["rights"]).split(",");
  const reads = /^(GET|HEAD|OPTIONS)$/.test(req.method ?? "");
  const right = reads ? "read" : "write";
  if (!rights.includes(right))
    throw new HttpError(403, { detail: `This needs the right to ${right}.` });
  return { name: String(row["name"]), rights };
}

function hash(token: string) {
  return createHash("sha256").update(token).digest("hex");
}
