import { open } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";

import { HttpError } from "./problem.ts";
import type { Exchange } from "./router.ts";

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Streams a file of the folder: it is never in memory as a whole, and a slow client slows nobody else. */
export async function sendFile(
  { req, res }: Exchange,
  folder: string,
  pathname: string,
): Promise<void> {
  await using file = await open(locate(folder, pathname)).catch(() => {
    throw new HttpError(404);
  });
  const stat = await file.stat();
  if (!stat.isFile()) throw new HttpError(404);

  const etag = `"${stat.size.toString(36)}-${stat.mtimeMs.toString(36)}"`;
  res.setHeader("ETag", etag);
  if (!res.hasHeader("Cache-Control"))
    res.setHeader("Cache-Control", "no-cache");
  if (req.headers["if-none-match"] === etag) {
    res.writeHead(304).end();
    return;
  }
  res.writeHead(200, {
    "Content-Length": stat.size,
    "Content-Type": types[extname(pathname)] ?? "application/octet-stream",
  });
  if (req.method === "HEAD") res.end();
  else await pipeline(file.createReadStream({ autoClose: false }), res);
}

function locate(folder: string, pathname: string): string {
  let path: string;
  try {
    path = join(folder, decodeURIComponent(pathname));
  } catch {
    throw new HttpError(400);
  }
  const inside = path.startsWith(folder + sep);
  const hidden = path.slice(folder.length).includes(`${sep}.`);
  if (!inside || hidden || path.includes("\0")) throw new HttpError(404);
  return path;
}
