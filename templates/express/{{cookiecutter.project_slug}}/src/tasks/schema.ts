import { z } from "zod";

// Counted in characters, as PostgreSQL counts them: an emoji is one.
const title = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u, {
    error: "must have 1 to 200 characters on one line",
  });

/** What a client may send. Fields that are not named here are dropped. */
export const newTask = z.object({ title, done: z.boolean().default(false) });
export const taskChanges = z.object({ title, done: z.boolean() }).partial();
export const taskId = z.uuid();
export const pageQuery = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .transform((limit) => Math.min(limit, 100))
    .default(20),
});

export type NewTask = z.infer<typeof newTask>;
export type TaskChanges = z.infer<typeof taskChanges>;

export interface Task {
  id: string;
  title: string;
  done: boolean;
  created: string;
  updated: string;
}
