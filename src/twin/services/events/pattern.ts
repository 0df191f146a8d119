import type { Json, JsonObject } from "../../../model/json.ts";
import { isJsonObject } from "../../../model/json.ts";
import { AwsFault } from "../../service.ts";

/**
 * Whether an event is meant by a rule's pattern. Exact values, prefixes and presence; another matcher is refused rather than
 * guessed. Source: EventBridge user guide, "Creating event patterns" and "Comparison operators".
 */
export function matchesPattern(pattern: JsonObject, event: JsonObject): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    const value = Object.hasOwn(event, name) ? event[name] : undefined;
    if (Array.isArray(wanted)) return wanted.some((each: Json) => matchesOne(each, value));
    return isJsonObject(wanted) && isJsonObject(value) && matchesPattern(wanted, value);
  });
}

/** Of a list in the event one member is enough. */
function matchesOne(wanted: Json, value: Json | undefined): boolean {
  if (isJsonObject(wanted) && typeof wanted.exists === "boolean") return (value !== undefined) === wanted.exists;
  const values: readonly (Json | undefined)[] = Array.isArray(value) ? value : [value];
  if (!isJsonObject(wanted)) return values.includes(wanted);
  const { prefix, ...others } = wanted;
  if (typeof prefix !== "string" || Object.keys(others).length > 0)
    throw new AwsFault("UnknownOperation", `The twin does not simulate the matcher ${JSON.stringify(wanted)}.`, 501);
  return values.some((each) => typeof each === "string" && each.startsWith(prefix));
}
