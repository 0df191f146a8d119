import type { Call, Table } from "./service.ts";

/** When a row that is being deleted is gone. */
interface Departure {
  readonly kind: string;
  readonly key: string;
  readonly at: string;
}

const departures = (call: Call) => call.table<Departure>("twin.departure");

/** Takes a row away in so many milliseconds of the virtual clock; until then it is told of in the state that it was given. */
export function depart(call: Call, kind: string, key: string, ms: number): void {
  departures(call).put(`${kind}/${key}`, { kind, key, at: new Date(call.millis() + ms).toISOString() });
}

/** The rows of a kind that are still there. */
export function present<T extends object>(call: Call, kind: string): Table<T> {
  const table = call.table<T>(kind);
  for (const each of departures(call).all()) {
    if (each.kind !== kind || each.at > call.now()) continue;
    table.delete(each.key);
    departures(call).delete(`${kind}/${each.key}`);
  }
  return table;
}
