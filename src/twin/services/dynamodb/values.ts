import { isDeepStrictEqual } from "node:util";
import { Decimal } from "decimal.js";
import type { Call, Table } from "../../service.ts";
import type { Row } from "./tables.ts";

/** An attribute's value by its type letter: `{S: "a"}`, `{N: "1"}`; bytes are base64. */
export type Value = { readonly [type: string]: unknown };
export type Item = { readonly [name: string]: Value };

/** The parts of a document path: member names and list indexes. */
export type Path = readonly (string | number)[];

/** DynamoDB counts with 38 digits. Source: developer guide, "Naming rules and data types", number. */
export const Number38 = Decimal.clone({ precision: 38 });

/** What is in a table. By the table's id, so that a table made anew under an old name is empty. */
export const itemsOf = (call: Call, { description }: Row): Table<Item> =>
  call.table<Item>(`dynamodb.item/${description.TableId}`);

export const typeOf = (value: Value): string => Object.keys(value)[0] ?? "";

function bytes(value: Value): Buffer {
  return typeof value.B === "string" ? Buffer.from(value.B, "base64") : Buffer.from(String(value.S));
}

/** Below, equal or above zero; undefined where two values have no order: other types, or types without one. */
export function compare(a: Value, b: Value): number | undefined {
  const type = typeOf(a);
  if (type !== typeOf(b)) return undefined;
  if (type === "N") return new Number38(String(a.N)).cmp(String(b.N));
  // Texts are compared by their UTF-8 bytes. Source: API reference, Query, ScanIndexForward.
  return type === "S" || type === "B" ? Buffer.compare(bytes(a), bytes(b)) : undefined;
}

/** Numbers are equal by worth (1 and 1.0), sets in any order. */
export function equal(a: Value, b: Value): boolean {
  const order = compare(a, b);
  if (order !== undefined) return order === 0;
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  if (!/^[SNB]S$/.test(type)) return isDeepStrictEqual(a, b);
  const sorted = (value: Value) => [...(value[type] as string[])].sort();
  return isDeepStrictEqual(sorted(a), sorted(b));
}

/** What stands at a path; undefined = nothing. */
export function valueAt(item: Item, path: Path): Value | undefined {
  const [first, ...rest] = path;
  return rest.reduce<Value | undefined>(
    (value, part) => {
      if (!value) return undefined;
      const inner = (typeof part === "number" ? value.L : value.M) as Readonly<Record<string, Value>> | undefined;
      return inner?.[part];
    },
    Object.hasOwn(item, first as string) ? item[first as string] : undefined,
  );
}

/** Numbers are given back without zeros that mean nothing. */
export function normalised(value: Value): Value {
  if (typeof value.N === "string") return { N: new Number38(value.N).toFixed() };
  if (Array.isArray(value.NS)) return { NS: value.NS.map((each) => new Number38(String(each)).toFixed()) };
  if (Array.isArray(value.L)) return { L: value.L.map((each: Value) => normalised(each)) };
  return value.M ? { M: normalisedItem(value.M as Item) } : value;
}

export function normalisedItem(item: Item): Item {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, normalised(value)]));
}

/** Bytes that an item counts. About as DynamoDB does; source: developer guide, "DynamoDB item sizes and formats". */
export function sizeOf(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value), 0);
}

function valueSize(value: Value): number {
  if (value.S !== undefined || value.B !== undefined) return bytes(value).length;
  if (value.N !== undefined) return Math.ceil(String(value.N).replace(/\D/g, "").length / 2) + 1;
  if (value.M) return 3 + sizeOf(value.M as Item);
  if (Array.isArray(value.L)) return value.L.reduce((sum: number, each: Value) => sum + 1 + valueSize(each), 3);
  const set = Object.values(value)[0];
  return Array.isArray(set) ? set.reduce((sum: number, each) => sum + Buffer.byteLength(String(each)), 0) : 1;
}
