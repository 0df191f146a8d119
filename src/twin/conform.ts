import { NormalizedSchema } from "@smithy/core/schema";

/** Copies a value of one shape: ISO texts at timestamps become dates, base64 texts at blobs bytes. */
type Copier = (value: unknown, strict: boolean, at: string) => unknown;

/** Schemas are walked once; the benchmarks' pages of a thousand instances are copied by what came of it. */
const compiled = new WeakMap<object, Copier>();

/**
 * A deep copy of a value along its SDK schema, in which nothing is left that the shape does not have.
 * @param strict throw at a member the shape lacks (behaviours under test) instead of dropping it
 */
export function conform(schema: unknown, value: unknown, strict = false): unknown {
  return copierOf(schema)(value, strict, "");
}

function copierOf(schema: unknown): Copier {
  const normal = NormalizedSchema.of(schema as never);
  const key = normal.getSchema();
  if (typeof key !== "object" || key === null) return compile(normal);
  const known = compiled.get(key);
  if (known) return known;
  // Shapes can contain themselves: whoever meets this one again meanwhile gets its copier when it is called.
  compiled.set(key, (value, strict, at) => (compiled.get(key) as Copier)(value, strict, at));
  const copier = compile(normal);
  compiled.set(key, copier);
  return copier;
}

function compile(schema: NormalizedSchema): Copier {
  if (schema.isTimestampSchema()) return (value) => new Date(value as string | number | Date);
  if (schema.isBlobSchema())
    return (value) => (typeof value === "string" ? new Uint8Array(Buffer.from(value, "base64")) : value);
  if (schema.isListSchema()) {
    const copy = present(copierOf(schema.getValueSchema()));
    return (value, strict, at) =>
      (value as unknown[]).map((each, index) => copy(each, strict, strict ? `${at}[${index}]` : at));
  }
  if (schema.isMapSchema()) {
    const copy = present(copierOf(schema.getValueSchema()));
    return (value, strict, at) =>
      Object.fromEntries(
        Object.entries(value as object).map(([key, each]) => [key, copy(each, strict, `${at}.${key}`)]),
      );
  }
  if (schema.isDocumentSchema() || !schema.isStructSchema()) return (value) => value;
  return compileStruct(schema);
}

function present(copy: Copier): Copier {
  return (value, strict, at) => (value === undefined || value === null ? undefined : copy(value, strict, at));
}

function compileStruct(schema: NormalizedSchema): Copier {
  const members: [string, Copier][] = [];
  for (const [name, member] of schema.structIterator()) members.push([name, copierOf(member)]);
  const names = new Set(members.map(([name]) => name));
  return (value, strict, at) => {
    const source = value as Record<string, unknown>;
    if (strict) refuseForeign(source, names, schema.getName(true) ?? "the shape", at);
    const result: Record<string, unknown> = {};
    for (const [name, copy] of members) {
      const own = source[name];
      if (own !== undefined && own !== null) result[name] = copy(own, strict, strict ? `${at}.${name}` : at);
    }
    return result;
  };
}

function refuseForeign(value: Record<string, unknown>, names: ReadonlySet<string>, shape: string, at: string): void {
  const foreign = Object.keys(value).find(
    (name) => value[name] !== undefined && !names.has(name) && name !== "$unknown",
  );
  if (foreign) throw new TypeError(`${shape} has no member ${at}.${foreign}`);
}
