import { canonical, sha256 } from "./canonical.ts";
import type { Json, JsonObject } from "./json.ts";
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
  return { configuration: JSON.parse(canonical(sorted)) as JsonObject, observed: taken };
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
