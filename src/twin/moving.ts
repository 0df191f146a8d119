import type { JsonObject } from "../model/json.ts";
import type { Call } from "./service.ts";

/** What a row will be like, and when: AWS answers at once and needs minutes for what it was asked. */
interface Move {
  readonly until: string;
  readonly becomes: JsonObject;
}

const moves = (call: Call) => call.table<Move>("twin.move");

/** Plans what becomes of a row in so many milliseconds of the virtual clock. A later plan replaces an earlier one. */
export function later(call: Call, key: string, ms: number, becomes: JsonObject): void {
  moves(call).put(key, { until: new Date(call.millis() + ms).toISOString(), becomes });
}

/** Forgets what was planned: the row is gone, or something else came of it. */
export function forget(call: Call, key: string): void {
  moves(call).delete(key);
}

/** Makes of the row what was planned if its time has come; tells whether it has. To be called whenever the row is read. */
export function arrive(call: Call, key: string, row: object): boolean {
  const move = moves(call).get(key);
  if (!move || move.until > call.now()) return false;
  Object.assign(row, move.becomes);
  return moves(call).delete(key);
}
