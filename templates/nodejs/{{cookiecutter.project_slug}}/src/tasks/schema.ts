import { HttpError } from "../http/answer.ts";

export interface Task {
  id: string;
  title: string;
  done: boolean;
  created: string | Date;
  updated: string | Date;
}
export type NewTask = Pick<Task, "title" | "done">;
export type TaskChanges = Partial<NewTask>;
export type Page = ReturnType<typeof parsePage>;

/** What a client may send. Fields that are not named here are dropped. */
export function parseNewTask(body: Record<string, unknown>): NewTask {
  const { title = "", done = false } = parseTaskChanges({
    ...body,
    title: body["title"] ?? null,
  });
  return { title, done };
}

export function parseTaskChanges({ title, done }: Record<string, unknown>) {
  const errors: Record<string, string[]> = {};
  const changes: TaskChanges = {};
  if (isTitle(title)) changes.title = title.trim();
  else if (title !== undefined)
    errors["title"] = ["must have 1 to 200 characters on one line"];
  if (typeof done === "boolean") changes.done = done;
  else if (done !== undefined) errors["done"] = ["must be true or false"];
  if (Object.keys(errors).length > 0) throw new HttpError(422, { errors });
  return changes;
}

/** Counted in characters, as PostgreSQL counts them: an emoji is one. */
function isTitle(value: unknown): value is string {
  return (
    typeof value === "string" && /^[^\p{Cc}\p{Cs}]{1,200}$/u.test(value.trim())
  );
}

/** `?page=1&limit=20`; what is out of bounds counts as the nearest bound. */
export function parsePage(query: URLSearchParams) {
  const read = (name: string, standard: number, most: number) => {
    const value = Math.trunc(Number(query.get(name) ?? standard));
    return Math.min(Math.max(value || 1, 1), most);
  };
  return { page: read("page", 1, 1_000_000), limit: read("limit", 20, 100) };
}
