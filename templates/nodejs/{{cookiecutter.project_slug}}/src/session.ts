import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

import type { Config } from "./config.ts";

/** Knows a visitor again by a signed cookie, which only this server can make. */
export class Sessions {
  readonly #name: string;
  readonly #secret: string;
  readonly #attributes: string;

  constructor({ production, secretKey }: Config) {
    // With this prefix browsers refuse a cookie that another subdomain planted.
    this.#name = production ? "__Host-visitor" : "visitor";
    this.#attributes = `Path=/; HttpOnly; SameSite=Strict${production ? "; Secure" : ""}`;
    this.#secret = secretKey;
  }

  /** The visitor's id, or undefined when there is no cookie or it was not signed here. */
  read(req: IncomingMessage): string | undefined {
    const prefix = `${this.#name}=`;
    const cookies = (req.headers.cookie ?? "").split(/; */);
    const cookie = cookies.find((text) => text.startsWith(prefix));
    const [id = "", signature = ""] =
      cookie?.slice(prefix.length).split(".") ?? [];
    const given = Buffer.from(signature, "base64url");
    const expected = this.#sign(id);
    return given.length === expected.length && timingSafeEqual(given, expected)
      ? id
      : undefined;
  }

  /** Gives a new visitor an id. */
  ensure(req: IncomingMessage, res: ServerResponse): void {
    if (this.read(req) !== undefined) return;
    const id = randomUUID();
    const value = `${id}.${this.#sign(id).toString("base64url")}`;
    res.setHeader("Set-Cookie", `${this.#name}=${value}; ${this.#attributes}`);
    res.setHeader("Cache-Control", "no-store");
  }

  #sign(id: string): Buffer {
    return createHmac("sha256", this.#secret).update(id).digest();
  }
}
