import type { NormalizedSchema } from "@smithy/core/schema";
import { textWriter } from "./text.ts";
import { memberTraitsOf, traitsOf } from "./traits.ts";

/** Appends a value's XML to the parts of a document. */
export type WriteXml = (value: unknown, parts: string[]) => void;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#xD;",
};
const ESCAPED = /[&<>"\r]/;
const ESCAPED_ALL = /[&<>"\r]/g;

export function escapeXml(text: string): string {
  return ESCAPED.test(text) ? text.replace(ESCAPED_ALL, (character) => ESCAPES[character] ?? "") : text;
}

interface Members {
  readonly attributes: readonly (readonly [string, string, (value: unknown) => string])[];
  readonly elements: readonly (readonly [string, WriteXml])[];
}

const structs = new WeakMap<object, () => Members>();

/** Compiles what stands between the tags of a value. Structures are compiled once, on first use: they may contain themselves. */
export function xmlContent(schema: NormalizedSchema): WriteXml {
  if (schema.isStructSchema()) return structContent(membersOf(schema));
  if (schema.isListSchema()) return listContent(schema);
  if (schema.isMapSchema()) return mapContent(schema, "entry");
  const write = textWriter(schema, "dateTime");
  return (value, parts) => parts.push(escapeXml(write(value)));
}

/** Compiles a structure's members, those that `keep` names. */
export function xmlMembers(schema: NormalizedSchema, keep: (member: NormalizedSchema) => boolean): WriteXml {
  let members: Members | undefined;
  return structContent(() => {
    members ??= compileMembers(schema, keep);
    return members;
  });
}

function membersOf(schema: NormalizedSchema): () => Members {
  const key = schema.getSchema() as object;
  const known = structs.get(key);
  if (known) return known;
  let members: Members | undefined;
  const lazy = () => {
    members ??= compileMembers(schema, () => true);
    return members;
  };
  structs.set(key, lazy);
  return lazy;
}

function compileMembers(schema: NormalizedSchema, keep: (member: NormalizedSchema) => boolean): Members {
  const kept = [...schema.structIterator()].filter(([, member]) => keep(member));
  const isAttribute = (member: NormalizedSchema) => Boolean(traitsOf(member).xmlAttribute);
  const nameOf = (name: string, member: NormalizedSchema) => memberTraitsOf(member).xmlName ?? name;
  return {
    attributes: kept
      .filter(([, member]) => isAttribute(member))
      .map(([name, member]) => [name, nameOf(name, member), textWriter(member, "dateTime")]),
    elements: kept
      .filter(([, member]) => !isAttribute(member))
      .map(([name, member]) => [name, xmlElement(member, nameOf(name, member))]),
  };
}

function structContent(members: () => Members): WriteXml {
  return (value, parts) => {
    const struct = value as Record<string, unknown>;
    for (const [name, write] of members().elements) {
      const member = struct[name];
      if (member !== undefined && member !== null) write(member, parts);
    }
  };
}

/** Compiles a member with its tags; flattened lists and maps repeat theirs. */
export function xmlElement(schema: NormalizedSchema, tag: string): WriteXml {
  const { xmlFlattened } = traitsOf(schema);
  if (xmlFlattened && schema.isListSchema()) {
    const item = xmlElement(schema.getValueSchema(), tag);
    return (value, parts) => {
      for (const each of value as unknown[]) item(each, parts);
    };
  }
  if (xmlFlattened && schema.isMapSchema()) return mapContent(schema, tag);
  if (schema.isStructSchema()) return structElement(schema, tag);
  if (schema.isListSchema() || schema.isMapSchema()) return tagged(xmlContent(schema), `<${tag}>`, `</${tag}>`);
  return scalarElement(schema, `<${tag}>`, `</${tag}>`);
}

function scalarElement(schema: NormalizedSchema, open: string, close: string): WriteXml {
  const write = textWriter(schema, "dateTime");
  return (value, parts) => parts.push(open + escapeXml(write(value)) + close);
}

function tagged(content: WriteXml, open: string, close: string): WriteXml {
  return (value, parts) => {
    parts.push(open);
    content(value, parts);
    parts.push(close);
  };
}

function structElement(schema: NormalizedSchema, tag: string): WriteXml {
  const members = membersOf(schema);
  const content = structContent(members);
  const [prefix, uri] = traitsOf(schema).xmlNamespace ?? [];
  const namespace = uri ? ` xmlns${prefix ? `:${prefix}` : ""}="${uri}"` : "";
  return (value, parts) => {
    const { attributes } = members();
    const written = attributes.flatMap(([name, attribute, write]) => {
      const text = (value as Record<string, unknown>)[name];
      return text === undefined ? [] : [` ${attribute}="${escapeXml(write(text))}"`];
    });
    parts.push(`<${tag}${namespace}${written.join("")}>`);
    content(value, parts);
    parts.push(`</${tag}>`);
  };
}

function listContent(schema: NormalizedSchema): WriteXml {
  const element = schema.getValueSchema();
  const item = xmlElement(element, traitsOf(element).xmlName ?? "member");
  return (value, parts) => {
    for (const each of value as unknown[]) item(each, parts);
  };
}

function mapContent(schema: NormalizedSchema, entry: string): WriteXml {
  const key = traitsOf(schema.getKeySchema()).xmlName ?? "key";
  const member = schema.getValueSchema();
  const write = xmlElement(member, traitsOf(member).xmlName ?? "value");
  return (value, parts) => {
    for (const [name, each] of Object.entries(value as object)) {
      parts.push(`<${entry}><${key}>${escapeXml(name)}</${key}>`);
      write(each, parts);
      parts.push(`</${entry}>`);
    }
  };
}
