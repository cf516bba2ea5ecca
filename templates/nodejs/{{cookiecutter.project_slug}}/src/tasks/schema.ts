import { HttpError } from "../http/answer.ts";

type FieldErrors = Record<string, string[]>;

export interface Task {
  id: string;
  title: string;
  done: boolean;
  created: string;
  updated: string;
}

export type NewTask = Pick<Task, "title" | "done">;
export type TaskChanges = Partial<NewTask>;

/** What a client may send. Fields that are not named here are dropped. */
export function parseNewTask(body: Record<string, unknown>): NewTask {
  const { title = "", done = false } = parseTaskChanges({
    ...body,
    title: body["title"] ?? null,
  });
  return { title, done };
}

export function parseTaskChanges({
  title,
  done,
}: Record<string, unknown>): TaskChanges {
  const errors: FieldErrors = {};
  const changes: TaskChanges = {};

  if (title !== undefined) {
    if (isTitle(title)) changes.title = title.trim();
    else errors["title"] = ["must have 1 to 200 characters on one line"];
  }
  if (done !== undefined) {
    if (typeof done === "boolean") changes.done = done;
    else errors["done"] = ["must be true or false"];
  }
  if (Object.keys(errors).length > 0) throw new HttpError(422, { errors });
  return changes;
}

/** Counted in characters, as PostgreSQL counts them: an emoji is one. */
function isTitle(value: unknown): value is string {
  return (
    typeof value === "string" && /^[^\p{Cc}\p{Cs}]{1,200}$/u.test(value.trim())
  );
}

/** `?page=1&limit=20`; a limit above 100 counts as 100. */
export function parsePage(query: URLSearchParams) {
  const page = Number(query.get("page") ?? 1);
  const limit = Number(query.get("limit") ?? 20);
  const errors: FieldErrors = {
    ...(!isPosition(page) && { page: ["must be a positive number"] }),
    ...(!isPosition(limit) && { limit: ["must be a positive number"] }),
  };
  if (Object.keys(errors).length > 0) throw new HttpError(422, { errors });
  return { page, limit: Math.min(limit, 100) };
}

function isPosition(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 1_000_000;
}
