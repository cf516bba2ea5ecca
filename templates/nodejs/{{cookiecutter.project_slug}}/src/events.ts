import { EventEmitter } from "node:events";

/** Something was created, changed or removed. */
export interface Change {
  resource: string;
  action: "created" | "changed" | "removed";
  id: string;
}

/** Who changes data emits; who wants to know listens. Neither knows the other. */
export class Events extends EventEmitter<{ change: [Change] }> {}
