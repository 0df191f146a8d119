import { canonical } from "../model/canonical.ts";
import type { JsonObject } from "../model/json.ts";

/** What is not as the plan found it, in words; undefined = nothing. */
export function difference(expected: JsonObject, live: JsonObject): string | undefined {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(live)])].sort();
  const differing = names.filter((name) => canonical(expected[name] ?? null) !== canonical(live[name] ?? null));
  if (differing.length === 0) return undefined;
  const said = differing.map((name) => `${name} was ${show(expected[name])} and is ${show(live[name])}`);
  return `someone changed it since the plan was made: ${said.join(", ")}`;
}

function show(value: unknown): string {
  return value === undefined ? "not set" : JSON.stringify(value);
}
