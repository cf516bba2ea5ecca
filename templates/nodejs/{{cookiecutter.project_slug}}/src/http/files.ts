import { readdirSync } from "node:fs";
import { open } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { pipeline } from "node:stream/promises";

import type { Exchange, Router } from "./router.ts";

const FOLDER = join(import.meta.dirname, "../../public");

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

/** A route for each file of `public/`: no other path can be asked for. A new file needs a new start. */
export function addFiles(router: Router, folder = FOLDER): void {
  for (const entry of readdirSync(folder, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = encodeURI(relative(folder, path).replaceAll(sep, "/"));
    router.add(name === "index.html" ? "/" : `/${name}`, {
      GET: (exchange) => sendFile(exchange, path),
    });
  }
}

/** Streamed: a file is never in memory as a whole, and a slow client slows nobody else. */
async function sendFile({ req, res }: Exchange, path: string): Promise<void> {
  await using file = await open(path);
  const { size, mtimeMs } = await file.stat();
  const etag = `"${size.toString(36)}-${mtimeMs.toString(36)}"`;
  res.setHeader("Cache-Control", "no-cache");
  res.setHeader("ETag", etag);
  if (req.headers["if-none-match"] === etag) {
    res.writeHead(304).end();
    return;
  }
  res.writeHead(200, {
    "Content-Length": size,
    "Content-Type": types[extname(path)] ?? "application/octet-stream",
  });
  await pipeline(file.createReadStream({ autoClose: false }), res);
}
