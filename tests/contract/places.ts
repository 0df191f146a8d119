import { isJsonObject, type Json, type JsonObject } from "../../src/model/json.ts";
import type { Path } from "../../src/model/path.ts";

/** A concrete place in a JSON value: member names and list indices. */
export type Steps = readonly (string | number)[];

/** All primitive values, by place. */
export function leaves(value: Json, at: Steps = []): { readonly at: Steps; readonly value: Json }[] {
  if (Array.isArray(value)) return value.flatMap((each: Json, index) => leaves(each, [...at, index]));
  if (isJsonObject(value)) return Object.entries(value).flatMap(([name, each]) => leaves(each, [...at, name]));
  return [{ at, value }];
}

/** All objects, by place. */
export function objects(value: Json, at: Steps = []): Steps[] {
  if (Array.isArray(value)) return value.flatMap((each: Json, index) => objects(each, [...at, index]));
  if (!isJsonObject(value)) return [];
  return [at, ...Object.entries(value).flatMap(([name, each]) => objects(each, [...at, name]))];
}

/** A copy with another value at a place; undefined removes it. Members on the way are made where they lack. */
export function put(root: Json | undefined, at: Steps, value: Json | undefined): Json {
  const [step, ...rest] = at;
  if (step === undefined) return value ?? null;
  if (typeof step === "number") {
    const list: Json[] = Array.isArray(root) ? [...(root as readonly Json[])] : [];
    list[step] = put(list[step], rest, value);
    return list;
  }
  const object: JsonObject = isJsonObject(root) ? root : {};
  const member = Object.hasOwn(object, step) ? object[step] : undefined;
  const others = Object.entries(object).filter(([name]) => name !== step);
  if (rest.length === 0 && value === undefined) return Object.fromEntries(others);
  return Object.fromEntries([...others, [step, put(member, rest, value)]]);
}

const PARTS = /\[\]|[^.[\]]+/g;

/** The places that a pattern reaches; its last member counts also where it lacks (it could be there). */
export function placesOf(root: Json, pattern: Path): Steps[] {
  const parts = pattern.match(PARTS) ?? [];
  const walk = (value: Json | undefined, left: readonly string[], at: Steps): Steps[] => {
    const [part, ...rest] = left;
    if (part === undefined) return [at];
    if (part === "[]")
      return Array.isArray(value) ? value.flatMap((each: Json, index) => walk(each, rest, [...at, index])) : [];
    if (!isJsonObject(value)) return [];
    const names = part === "*" ? Object.keys(value) : [part];
    return names.flatMap((name) =>
      rest.length === 0 || Object.hasOwn(value, name) ? walk(value[name], rest, [...at, name]) : [],
    );
  };
  return walk(root, parts, []);
}

/** A place that the pattern can reach: one element in its lists, one key in its maps. */
export function onePlace(pattern: Path): Steps {
  return (pattern.match(PARTS) ?? []).map((part) => (part === "[]" ? 0 : part === "*" ? "key" : part));
}

/** Whether a path in a delta names a place or what stands around it. Elements may be named by index, id or text. */
export function names(path: string, at: Steps): boolean {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return at.some((_, index) => {
    const general = at
      .slice(0, index + 1)
      .map((step, depth) =>
        typeof step === "number" ? "\\[[\\s\\S]*\\]" : `${depth === 0 ? "" : "\\."}${literal(step)}`,
      );
    return new RegExp(`^${general.join("")}$`).test(path);
  });
}
