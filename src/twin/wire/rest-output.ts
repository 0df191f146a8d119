import type { NormalizedSchema } from "@smithy/core/schema";
import { type Bindings, type Bound, bindingsOf } from "./bindings.ts";
import type { Operation, WireResponse } from "./exchange.ts";
import { textWriter } from "./text.ts";
import { httpOf } from "./uri.ts";

type Output = Readonly<Record<string, unknown>>;

/** Writes a body document; the schema is the payload's, or the whole output's with the members that are bound elsewhere. */
export interface WriteDocument {
  readonly contentType: string;
  write(schema: NormalizedSchema, value: object): string | Uint8Array;
}

/** Spreads a REST operation's output over status, headers and body. */
export function writeRest(operation: Operation, output: Output, document: WriteDocument): WireResponse {
  const bindings = bindingsOf(operation.schema[5]);
  const headers: Record<string, string> = {};
  for (const bound of bindings.headers) writeHeader(bound, output, headers);
  for (const { name, key } of bindings.prefixes)
    for (const [suffix, text] of Object.entries((output[name] as Record<string, string> | undefined) ?? {}))
      headers[key + suffix.toLowerCase()] = text;
  const status = statusOf(operation, bindings, output);
  return { status, ...bodyOf(bindings, output, headers, document) };
}

function statusOf(operation: Operation, { statusCode }: Bindings, output: Output): number {
  return Number((statusCode && output[statusCode]) || httpOf(operation.schema)?.[2] || 200);
}

function writeHeader({ name, key, schema }: Bound, output: Output, headers: Record<string, string>): void {
  const value = output[name];
  if (value === undefined || value === null) return;
  if (!schema.isListSchema()) headers[key] = textWriter(schema, "httpDate")(value);
  else
    headers[key] = (value as unknown[])
      .map((each) => quoted(textWriter(schema.getValueSchema(), "httpDate")(each)))
      .join(", ");
}

function quoted(text: string): string {
  return /[",]/.test(text) ? `"${text.replace(/["\\]/g, "\\$&")}"` : text;
}

type Body = Pick<WireResponse, "headers" | "body" | "streaming">;

function bodyOf(bindings: Bindings, output: Output, headers: Record<string, string>, document: WriteDocument): Body {
  const { payload } = bindings;
  const typed = { "content-type": document.contentType, ...headers };
  if (!payload)
    return bindings.hasBody ? { headers: typed, body: document.write(bindings.schema, output) } : { headers, body: "" };
  const value = output[payload.name];
  const streaming = payload.schema.isStreaming() ? { streaming: true } : {};
  if (value === undefined || value === null) return { headers, body: "", ...streaming };
  if (payload.schema.isBlobSchema())
    return { headers: withType(headers, "application/octet-stream"), body: value as Uint8Array, ...streaming };
  if (payload.schema.isStringSchema()) return { headers: withType(headers, "text/plain"), body: String(value) };
  return { headers: typed, body: document.write(payload.schema, value as object) };
}

function withType(headers: Record<string, string>, type: string): Record<string, string> {
  return { "content-type": type, ...headers };
}
