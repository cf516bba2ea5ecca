import { AsyncLocalStorage } from "node:async_hooks";

export const levels = { debug: 20, info: 30, warn: 40, error: 50, silent: 100 };
export type Level = keyof typeof levels;

/** The id of the request being answered, wherever its handling has got to. */
export const requestId = new AsyncLocalStorage<string>();

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

  info(message: string, fields: Record<string, unknown> = {}): void {
    this.#log("info", message, fields);
  }

  error(message: string, error: unknown): void {
    const stack = error instanceof Error ? error.stack : String(error);
    this.#log("error", message, { error: stack });
  }

  #log(level: Level, message: string, fields: Record<string, unknown>): void {
    if (levels[level] < this.#threshold) return;
    const time = new Date().toISOString();
    const request = requestId.getStore();
    this.#write(
      `${JSON.stringify({ time, level, message, request, ...fields })}\n`,
    );
  }
}
