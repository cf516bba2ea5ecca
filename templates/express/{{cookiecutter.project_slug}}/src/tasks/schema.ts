import { z } from "zod";

const title = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), {
    error: "must be one line",
  });
const error = "Send a JSON object, as application/json.";

/** What a client may send. Fields that are not named here are dropped. */
export const newTask = z.object(
  { title, done: z.boolean().default(false) },
  { error },
);
export const taskChanges = z
  .object({ title, done: z.boolean() }, { error })
  .partial();
export const taskId = z.uuid();
export const pageQuery = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** What a client gets. */
export const task = z.object({
  id: taskId,
  title: z.string(),
  done: z.boolean(),
  created: z.iso.datetime(),
  updated: z.iso.datetime(),
});
export const taskPage = z.object({
  data: z.array(task),
  meta: z.object({
    page: z.number().int(),
    limit: z.number().int(),
    total: z.number().int(),
  }),
});

export type NewTask = z.infer<typeof newTask>;
export type TaskChanges = z.infer<typeof taskChanges>;
export type Task = z.infer<typeof task>;
