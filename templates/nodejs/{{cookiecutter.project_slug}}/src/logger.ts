import { AsyncLocalStorage } from "node:async_hooks";

export const levels = { debug: 20, info: 30, warn: 40, error: 50 };
export type Level = keyof typeof levels;

/** What is known of the request being answered, wherever its handling has got to. */
export const context = new AsyncLocalStorage<{ id: string; route?: string }>();

/** Writes one JSON object a line. */
export class Logger {
  readonly #threshold: number;
  readonly #write: (line: string) => void;

  constructor(
    level: Level,
    write: (line: string) => void = (line) => void process.stdout.write(line),
  ) {
    this.#threshold = levels[level];
    this.#write = write;
  }

  log(level: Level, message: string, fields: Record<string, unknown> = {}) {
    if (levels[level] < this.#threshold) return;
    const time = new Date().toISOString();
    const request = context.getStore()?.id;
    this.#write(
      `${JSON.stringify({ time, level, message, request, ...fields })}\n`,
    );
  }
}
