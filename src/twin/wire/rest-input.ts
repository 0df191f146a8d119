import type { NormalizedSchema } from "@smithy/core/schema";
import { type Json, toJson } from "../../model/json.ts";
import { type Bound, bindingsOf } from "./bindings.ts";
import type { Operation, WireRequest } from "./exchange.ts";
import { textReader } from "./text.ts";

/** Reads a body document by a schema. */
export type ReadDocument = (schema: NormalizedSchema, body: Buffer) => unknown;

type Input = Record<string, Json>;

/** Puts a REST request's input together again: from its path, query, headers and body. */
export async function readRest(
  operation: Operation,
  request: WireRequest,
  labels: Readonly<Record<string, string>>,
  document: ReadDocument,
): Promise<object> {
  const bindings = bindingsOf(operation.schema[4]);
  const input: Input = {};
  for (const { name, schema } of bindings.labels) {
    const text = labels[name];
    if (text !== undefined) input[name] = textReader(schema)(text);
  }
  for (const bound of bindings.queries) readQuery(bound, request, input);
  for (const bound of bindings.queryMaps) input[bound.name] = restOfQuery(bound, request, bindings.queries);
  for (const bound of bindings.headers) readHeader(bound, request, input);
  for (const bound of bindings.prefixes) readPrefixed(bound, request, input);
  const { payload } = bindings;
  if (payload) await readPayload(payload, request, input, document);
  else if (bindings.hasBody && request.body.length > 0)
    Object.assign(input, toJson(await document(bindings.schema, request.body)));
  return input;
}

function readQuery({ name, key, schema }: Bound, { query }: WireRequest, input: Input): void {
  const texts = query[key];
  if (!texts) return;
  input[name] = schema.isListSchema()
    ? texts.map(textReader(schema.getValueSchema()))
    : textReader(schema)(texts[0] ?? "");
}

function restOfQuery({ schema }: Bound, { query }: WireRequest, named: readonly Bound[]): Json {
  const rest = Object.entries(query).filter(([key]) => !named.some((bound) => bound.key === key));
  const lists = schema.getValueSchema().isListSchema();
  return Object.fromEntries(rest.map(([key, texts]) => [key, lists ? texts : (texts[0] ?? "")]));
}

function readHeader({ name, key, schema }: Bound, { headers }: WireRequest, input: Input): void {
  const text = headers[key];
  if (text === undefined) return;
  input[name] = schema.isListSchema()
    ? splitHeader(text).map(textReader(schema.getValueSchema()))
    : textReader(schema)(text);
}

/** Splits a header's list at its commas, but not inside quotes. */
function splitHeader(text: string): string[] {
  const items = text.match(/"(?:[^"\\]|\\.)*"|[^,]+/g) ?? [];
  return items
    .map((item) => item.trim())
    .filter((item) => item !== "")
    .map((item) => (item.startsWith('"') ? item.slice(1, -1).replace(/\\(.)/g, "$1") : item));
}

function readPrefixed({ name, key }: Bound, { headers }: WireRequest, input: Input): void {
  const found = Object.entries(headers).filter(([header]) => header.startsWith(key));
  if (found.length > 0)
    input[name] = Object.fromEntries(found.map(([header, text]) => [header.slice(key.length), text]));
}

async function readPayload(
  { name, schema }: Bound,
  request: WireRequest,
  input: Input,
  document: ReadDocument,
): Promise<void> {
  const { body } = request;
  if (schema.isBlobSchema()) input[name] = body.toString("base64");
  else if (body.length === 0) return;
  else if (schema.isStringSchema()) input[name] = body.toString();
  else input[name] = toJson(await document(schema, body));
}
