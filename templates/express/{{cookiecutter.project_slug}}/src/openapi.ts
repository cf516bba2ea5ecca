import { createDocument } from "zod-openapi";

import manifest from "../package.json" with { type: "json" };
import { problem } from "./middleware/problem.ts";
{% if cookiecutter.example %}
import { taskPaths } from "./tasks/schema.ts";
{% endif %}
import { token } from "./tokens.ts";

/** Served as /openapi.json. A test holds its operations against the routes. */
export const document = createDocument({
  openapi: "3.1.1",
  info: {
    title: manifest.displayName,
    description: manifest.description,
    version: manifest.version,
  },
  security: [{ bearer: [] }],
  paths: {
    "/api/me": {
      get: {
        summary: "The token of this request",
        responses: {
          200: {
            description: "Its name and rights",
            content: { "application/json": { schema: token } },
          },
          "4XX": { $ref: "#/components/responses/Problem" },
        },
      },
    },
{% if cookiecutter.example %}
    ...taskPaths,
{% endif %}
  },
  components: {
    responses: {
      Problem: {
        description: "What is wrong (RFC 9457)",
        content: { "application/problem+json": { schema: problem } },
      },
    },
    securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
  },
});
