/** What JSON can hold. Configurations are made of it: dates are ISO texts, bytes are base64. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A value of an SDK answer as JSON: dates to ISO, bytes to base64, undefined members dropped, sets to sorted arrays.
 * Functions and streams have no place in a description and are dropped.
 */
export function toJson(value: unknown): Json {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value as Json;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (value instanceof Set) return [...value].map(toJson).sort();
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== "object") return null;
  // SDK numeric values arrive as objects with a `string` member to keep their precision.
  if ("string" in value && value.constructor.name === "NumericValue") return String(value.string);
  // fromEntries, because assigning a member called `__proto__` would lose it.
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => member !== undefined && typeof member !== "function" && key !== "$metadata")
      .map(([key, member]) => [key, toJson(member)]),
  );
}
