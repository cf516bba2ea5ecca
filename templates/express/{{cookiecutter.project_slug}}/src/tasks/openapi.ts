import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";

import {
  newTask,
  pageQuery,
  task,
  taskChanges,
  taskId,
  taskPage,
} from "./schema.ts";

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
      responses: {
        201: json("The task; Location says where", task),
        ...problems,
      },
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
