import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Ajv2020 } from "ajv/dist/2020.js";

interface Document {
  paths: Record<string, Record<string, { responses: object }>>;
}

const file = join(import.meta.dirname, "../public/openapi.json");
const document = JSON.parse(readFileSync(file, "utf8")) as Document;
export const { paths } = document;

const ajv = new Ajv2020({
  strict: false,
  formats: {
    uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
    "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  },
});
ajv.addSchema(document, "document");

/** Fails when an answer of the API is not as `openapi.json` says. */
export async function assertDocumented(
  method: string,
  path: string,
  response: Response,
): Promise<void> {
  const pathname = path.split("?")[0] ?? "";
  const name = Object.keys(paths).find((template) =>
    new RegExp(`^${template.replace(/\{\w+\}/, "[^/]+")}$`).test(pathname),
  );
  const operation = name && paths[name]?.[method.toLowerCase()];
  if (!name || !operation || response.status >= 500) return;

  const { responses } = operation;
  const status = String(response.status);
  const key = status in responses ? status : `${status.slice(0, 1)}XX`;
  assert.ok(key in responses, `${method} ${name} is not to answer ${status}`);
  const type = response.headers.get("Content-Type") ?? "";
  if (status === "204") return;
  const location =
    key === "4XX"
      ? "#/components/responses/Problem"
      : `#/paths/${escape(name)}/${method.toLowerCase()}/responses/${key}`;
  const schema = { $ref: `document${location}/content/${escape(type)}/schema` };
  const validate = ajv.compile(schema);
  const value: unknown = await response.clone().json();
  assert.ok(
    validate(value),
    `${method} ${name} ${status}: ${ajv.errorsText(validate.errors)}`,
  );
}

/** As a part of a JSON pointer in an address. */
function escape(text: string): string {
  return encodeURIComponent(text.replaceAll("~", "~0").replaceAll("/", "~1"));
}
