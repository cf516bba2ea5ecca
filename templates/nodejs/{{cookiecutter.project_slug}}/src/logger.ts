import { AsyncLocalStorage } from "node:async_hooks";

export const levels = { debug: 20, info: 30, warn: 40, warning: 40, error: 50 };
type Level = keyof typeof levels;
export const isLevel = (text: string): text is Level =>
  Object.hasOwn(levels, text);

/** What is known of the request being answered, wherever its handling has got to. */
export const context = new AsyncLocalStorage<{ id: string; route?: string }>();

export type Logger = ReturnType<typeof createLogger>;

/** Writes one JSON object a line. */
export function createLogger(
  threshold: Level,
  write = (line: string) => void process.stdout.write(line),
) {
  return (level: Level, message: string, fields: object = {}) => {
    if (levels[level] < levels[threshold]) return;
    const time = new Date().toISOString();
    const request = context.getStore()?.id;
    const line = { time, level, message, request, ...fields };
    write(`${JSON.stringify(line)}\n`);
  };
}
