import type { IncomingMessage } from "node:http";

import { HttpError } from "./answer.ts";

const LIMIT = 1_048_576;

/** Reads a JSON object. */
export async function readJson(req: IncomingMessage) {
  const bytes = await readBody(req, "application/json");
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new HttpError(400, { detail: "The body is not valid JSON." });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new HttpError(400, { detail: "The body must be a JSON object." });
  return value as Record<string, unknown>;
}

/** Reads a form that a page of our own has sent: browsers add a Basic log-in to those of other sites as well. */
export async function readForm(req: IncomingMessage) {
  const { origin = "", host = "", "sec-fetch-site": site } = req.headers;
  const own =
    site === undefined
      ? origin === "" || URL.parse(origin)?.host === host
      : site === "same-origin" || site === "none";
  if (!own) throw new HttpError(403, { detail: "Sent from another site." });
  const bytes = await readBody(req, "application/x-www-form-urlencoded");
  return new URLSearchParams(bytes.toString());
}

async function readBody(req: IncomingMessage, type: string) {
  const given = req.headers["content-type"]?.split(";")[0]?.trim();
  if (given?.toLowerCase() !== type)
    throw new HttpError(415, { detail: `Send ${type}.` });

  const tooLarge = new HttpError(413, { headers: { Connection: "close" } });
  if (Number(req.headers["content-length"]) > LIMIT) throw tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  // Without the option, leaving the loop would destroy the socket before the answer.
  const stream = req.iterator({ destroyOnReturn: false });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LIMIT) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
