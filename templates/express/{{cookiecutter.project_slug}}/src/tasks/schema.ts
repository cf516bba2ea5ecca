import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";

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
  meta: pageQuery.extend({ total: z.number().int() }),
});

export type NewTask = z.infer<typeof newTask>;
export type TaskChanges = z.infer<typeof taskChanges>;

const problems = { "4XX": { $ref: "#/components/responses/Problem" } } as const;
const one = { path: z.object({ id: taskId }) };

function json(description: string, schema: z.ZodType) {
  return { description, content: { "application/json": { schema } } };
}

function body(schema: z.ZodType) {
  return { required: true, content: { "application/json": { schema } } };
}

/** The part of the example in /openapi.json. */
export const taskPaths: ZodOpenApiPathsObject = {
  "/api/tasks": {
    get: {
      summary: "List tasks, the newest first",
      requestParams: { query: pageQuery },
      responses: { 200: json("A page of tasks", taskPage), ...problems },
    },
    post: {
      summary: "Add a task",
      requestBody: body(newTask),
      responses: { 201: json("The added task", task), ...problems },
    },
  },
  "/api/tasks/{id}": {
    get: {
      summary: "Read a task",
      requestParams: one,
      responses: { 200: json("The task", task), ...problems },
    },
    patch: {
      summary: "Change the fields that are sent",
      requestParams: one,
      requestBody: body(taskChanges),
      responses: { 200: json("The changed task", task), ...problems },
    },
    delete: {
      summary: "Delete a task",
      requestParams: one,
      responses: { 204: { description: "Deleted" }, ...problems },
    },
  },
};
