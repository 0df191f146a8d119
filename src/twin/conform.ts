import { NormalizedSchema } from "@smithy/core/schema";

/**
 * Walks a value along its SDK schema: a deep copy in which ISO texts at timestamp shapes are dates, base64 texts at blob
 * shapes are bytes, and nothing is left that the shape does not have.
 * @param strict throw at a member the shape lacks (behaviours under test) instead of dropping it
 */
export function conform(schema: unknown, value: unknown, strict = false): unknown {
  return walk(NormalizedSchema.of(schema as never), value, strict, "");
}

function walk(schema: NormalizedSchema, value: unknown, strict: boolean, at: string): unknown {
  if (value === undefined || value === null) return undefined;
  if (schema.isTimestampSchema()) return new Date(value as string | number | Date);
  if (schema.isBlobSchema()) return typeof value === "string" ? new Uint8Array(Buffer.from(value, "base64")) : value;
  if (schema.isListSchema()) {
    const element = schema.getValueSchema();
    return [...(value as unknown[])].map((each, index) => walk(element, each, strict, `${at}[${index}]`));
  }
  if (schema.isMapSchema()) {
    const member = schema.getValueSchema();
    return Object.fromEntries(
      Object.entries(value as object).map(([key, each]) => [key, walk(member, each, strict, `${at}.${key}`)]),
    );
  }
  if (schema.isDocumentSchema() || !schema.isStructSchema()) return value;
  return walkStruct(schema, value as Record<string, unknown>, strict, at);
}

function walkStruct(schema: NormalizedSchema, value: Record<string, unknown>, strict: boolean, at: string): object {
  const result: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const walked = walk(member, value[name], strict, `${at}.${name}`);
    if (walked !== undefined) result[name] = walked;
  }
  if (strict) {
    const foreign = Object.keys(value).find((name) => value[name] !== undefined && !(name in result) && name !== "$unknown");
    if (foreign) throw new TypeError(`${schema.getName(true)} has no member ${at}.${foreign}`);
  }
  return result;
}
