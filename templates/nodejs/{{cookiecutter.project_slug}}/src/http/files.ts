import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, sep } from "node:path";

import type { Router } from "./router.ts";

const FOLDER = join(import.meta.dirname, "../../public");

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

/** A route for each file of `public/` that has a type: no other path can be asked for. A new file needs a new start. */
export function addFiles(router: Router) {
  for (const name of readdirSync(FOLDER, { recursive: true }).map(String)) {
    const type = types[extname(name)];
    if (!type) continue;
    const path = `/${encodeURI(name.replaceAll(sep, "/"))}`;
    router.add(path === "/index.html" ? "/" : path, {
      GET: async ({ res }) => {
        const content = await readFile(join(FOLDER, name));
        res.setHeader("Cache-Control", "no-cache");
        res.setHeader("Content-Type", type);
        res.end(content);
      },
    });
  }
}
