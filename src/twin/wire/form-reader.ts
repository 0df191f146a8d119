import type { NormalizedSchema } from "@smithy/core/schema";
import type { Json } from "../../model/json.ts";
import { type FormNode, numbered } from "./form.ts";
import { textReader } from "./text.ts";
import { traitsOf } from "./traits.ts";

/** Reads a value out of a form's tree. */
type Read = (node: FormNode) => Json;

/** How member names are spelled: EC2 has its own names and flattens every list. */
export type FormDialect = "query" | "ec2";

const structs: Record<FormDialect, WeakMap<object, Read>> = { query: new WeakMap(), ec2: new WeakMap() };

/** Compiles the reader of an input structure once. */
export function formReader(schema: NormalizedSchema, dialect: FormDialect): Read {
  if (schema.isStructSchema()) return structReader(schema, dialect);
  if (schema.isListSchema()) return listReader(schema, dialect);
  if (schema.isMapSchema()) return mapReader(schema, dialect);
  const read = textReader(schema);
  return (node) => read(node.text ?? "");
}

function structReader(schema: NormalizedSchema, dialect: FormDialect): Read {
  const known = structs[dialect].get(schema.getSchema() as object);
  if (known) return known;
  let members: (readonly [string, string, Read])[] | undefined;
  // Members are compiled on first use, because structures may contain themselves.
  const read: Read = (node) => {
    members ??= [...schema.structIterator()].map(([name, member]) => [
      name,
      memberKey(name, member, dialect),
      formReader(member, dialect),
    ]);
    const result: Record<string, Json> = {};
    for (const [name, key, readMember] of members) {
      const child = node.children.get(key);
      if (child) result[name] = readMember(child);
    }
    return result;
  };
  structs[dialect].set(schema.getSchema() as object, read);
  return read;
}

function memberKey(name: string, member: NormalizedSchema, dialect: FormDialect): string {
  const { xmlName, ec2QueryName } = traitsOf(member);
  const key = xmlName ?? name;
  if (dialect === "query") return key;
  return ec2QueryName ?? `${key.charAt(0).toUpperCase()}${key.slice(1)}`;
}

function listReader(schema: NormalizedSchema, dialect: FormDialect): Read {
  const element = formReader(schema.getValueSchema(), dialect);
  const { xmlFlattened } = traitsOf(schema);
  return (node) => rowsOf(node, !xmlFlattened && dialect === "query").map(element);
}

/** Rows stand under the list itself or one level lower; that level is `member`, `entry` or a name of the model's choice. */
function rowsOf(node: FormNode, nested: boolean): FormNode[] {
  const rows = numbered(node);
  if (rows.length > 0 || !nested) return rows;
  const [only] = node.children.values();
  return only ? numbered(only) : [];
}

function mapReader(schema: NormalizedSchema, dialect: FormDialect): Read {
  const value = formReader(schema.getValueSchema(), dialect);
  const keyName = traitsOf(schema.getKeySchema()).xmlName ?? "key";
  const valueName = traitsOf(schema.getValueSchema()).xmlName ?? "value";
  return (node) =>
    Object.fromEntries(
      rowsOf(node, true).map((row): [string, Json] => {
        const child = row.children.get(valueName);
        return [row.children.get(keyName)?.text ?? "", child ? value(child) : ""];
      }),
    );
}
