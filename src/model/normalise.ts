import { canonical, sha256 } from "./canonical.ts";
import { isJsonObject, type Json, type JsonObject } from "./json.ts";
import { mapAt, takeOut } from "./path.ts";
import type { PropertyRules } from "./property-rules.ts";
import { type Redact, redactConfiguration } from "./redact.ts";
import type { Tags } from "./resource.ts";

/** A configuration as it is stored, and the volatile values that were taken out of it. */
export interface Normalised {
  readonly configuration: JsonObject;
  readonly observed: JsonObject;
}

/** Redacts, takes volatile properties out, sorts lists whose order AWS does not keep, and keys. */
export function normalise(raw: JsonObject, rules: PropertyRules, redact: Redact): Normalised {
  const clean = redactConfiguration(raw, rules, redact) as JsonObject;
  const { left, taken } = takeOut(clean, rules.volatile);
  // Innermost lists first, so that an outer list is sorted by elements already in order.
  const byDepth = [...rules.unordered].sort((a, b) => b.length - a.length);
  const sorted = byDepth.reduce<Json>((value, path) => mapAt(value, path, sortList), left);
  return { configuration: withSortedKeys(sorted) as JsonObject, observed: taken };
}

function withSortedKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (!isJsonObject(value)) return value;
  // fromEntries, because assigning a member called `__proto__` would lose it.
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, withSortedKeys(value[key] as Json)]),
  );
}

function sortList(value: Json): Json {
  if (!Array.isArray(value)) return value;
  const keyed = value.map((element: Json) => ({ element, key: canonical(element) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ element }) => element);
}

/** SHA-256 over configuration and tags: equal for two scans of an untouched resource. */
export function fingerprint(configuration: JsonObject, tags: Tags): string {
  return sha256(canonical({ configuration, tags }));
}
