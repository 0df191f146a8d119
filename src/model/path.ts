import type { Json, JsonObject } from "./json.ts";
import { isJsonObject } from "./json.ts";

/**
 * Where properties stand in a configuration: member names joined by dots, `[]` for every element of a list, `*` for every
 * key of a map. `BlockDeviceMappings[].Ebs.AttachTime`, `Environment.Variables.*`.
 */
export type Path = string;

type Segment =
  | { readonly kind: "member"; readonly name: string }
  | { readonly kind: "each" }
  | { readonly kind: "any" };

const parsed = new Map<Path, readonly Segment[]>();

function parsePath(path: Path): readonly Segment[] {
  const known = parsed.get(path);
  if (known) return known;
  const segments: Segment[] = path.split(".").flatMap((part) => {
    const name = part.replace(/(\[\])+$/, "");
    const lists = (part.length - name.length) / 2;
    const head: Segment[] = name === "" ? [] : [name === "*" ? { kind: "any" } : { kind: "member", name }];
    return [...head, ...Array.from({ length: lists }, (): Segment => ({ kind: "each" }))];
  });
  parsed.set(path, segments);
  return segments;
}

/** All values that a path reaches, in order; none when a member is absent. */
export function valuesAt(root: Json | undefined, path: Path): Json[] {
  let values: (Json | undefined)[] = [root];
  for (const segment of parsePath(path)) {
    values = values.flatMap((value): (Json | undefined)[] => {
      if (segment.kind === "each") return Array.isArray(value) ? value : [];
      if (!isJsonObject(value)) return [];
      if (segment.kind === "any") return Object.values(value);
      return Object.hasOwn(value, segment.name) ? [value[segment.name]] : [];
    });
  }
  return values.filter((value): value is Json => value !== undefined);
}

/** Gives a copy in which `change` has replaced each value at the path; `undefined` removes it. Untouched parts are shared. */
export function mapAt(root: Json, path: Path, change: (value: Json, at: string) => Json | undefined): Json {
  return mapSegments(root, parsePath(path), "", change) ?? null;
}

function mapSegments(
  value: Json,
  segments: readonly Segment[],
  at: string,
  change: (value: Json, at: string) => Json | undefined,
): Json | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) return change(value, at);
  if (segment.kind === "each") {
    if (!Array.isArray(value)) return value;
    return value.flatMap((element: Json, index) => {
      const mapped = mapSegments(element, rest, `${at}[${index}]`, change);
      return mapped === undefined ? [] : [mapped];
    });
  }
  if (!isJsonObject(value)) return value;
  const names = segment.kind === "any" ? Object.keys(value) : Object.hasOwn(value, segment.name) ? [segment.name] : [];
  if (names.length === 0) return value;
  const copy: Record<string, Json> = { ...value };
  for (const name of names) {
    const mapped = mapSegments(value[name] as Json, rest, at ? `${at}.${name}` : name, change);
    if (mapped === undefined) delete copy[name];
    else copy[name] = mapped;
  }
  return copy;
}

/** Takes the values at the paths out; returns what is left and what was taken, by its full path. */
export function takeOut(
  root: JsonObject,
  paths: readonly Path[],
): { readonly left: JsonObject; readonly taken: JsonObject } {
  const taken: Record<string, Json> = {};
  let left: Json = root;
  for (const path of paths) {
    left = mapAt(left, path, (value, at) => {
      taken[at] = value;
      return undefined;
    });
  }
  return { left: left as JsonObject, taken };
}

/** A place in a configuration: its concrete path, and the general one (`A[].B`) that patterns are held against. */
export interface Place {
  readonly path: string;
  readonly general: string;
}

export const ROOT: Place = { path: "", general: "" };

export function memberAt({ path, general }: Place, name: string): Place {
  // Keys of maps may have any character in them; members that patterns name never have these.
  const plain = name.replace(/[.[\]]/g, "_");
  return path === "" ? { path: name, general: plain } : { path: `${path}.${name}`, general: `${general}.${plain}` };
}

export function elementAt({ path, general }: Place, label: string | number): Place {
  return { path: `${path}[${label}]`, general: `${general}[]` };
}

/** Whether a general path is the very one that a pattern means. */
export function isAt(general: string, pattern: Path): boolean {
  const parts = general.split(".");
  const wanted = pattern.split(".");
  return wanted.length === parts.length && wanted.every((want, index) => want === "*" || want === parts[index]);
}

/** Whether a concrete path such as `A[0].B` or `A.B.c` lies at or below a path pattern such as `A[].B`. */
export function isUnder(concrete: string, pattern: Path): boolean {
  const general = (text: string) => text.replace(/\[[^\]]*\]/g, "[]");
  const parts = general(concrete).split(".");
  const wanted = pattern.split(".");
  if (wanted.length > parts.length) return false;
  return wanted.every((want, index) => {
    const part = parts[index] as string;
    return want === "*" || want === part || (index === wanted.length - 1 && part.startsWith(`${want}[]`));
  });
}
