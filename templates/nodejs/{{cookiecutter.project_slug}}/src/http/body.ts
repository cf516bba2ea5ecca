import type { IncomingMessage, ServerResponse } from "node:http";

import { HttpError } from "./problem.ts";

const LIMIT = 100_000;

/** Reads a JSON object, never more of it than the limit into memory. */
export async function readJson(
  req: IncomingMessage,
): Promise<Record<string, unknown>> {
  // A form on another site can send text, but not JSON, without asking first.
  const type = req.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json")
    throw new HttpError(415, "Send application/json.");

  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is read and dropped, so that the client gets to see the answer.
    if (size <= LIMIT) chunks.push(chunk);
  }
  if (size > LIMIT) throw new HttpError(413);
  return parseObject(Buffer.concat(chunks));
}

function parseObject(bytes: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new HttpError(400, "The body is not valid JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new HttpError(400, "The body must be a JSON object.");
  return value as Record<string, unknown>;
}

export function sendJson(
  res: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  res.writeHead(status, { "Content-Type": "application/json", ...headers });
  res.end(JSON.stringify(value));
}
