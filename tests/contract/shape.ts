import { NormalizedSchema } from "@smithy/core/schema";
import fc from "fast-check";
import type { Facts, ShapeRef } from "../../src/catalog/contract.ts";
import type { Json } from "../../src/model/json.ts";

/** The SDK schema behind a shape reference. */
export async function schemaOf(shape: ShapeRef): Promise<NormalizedSchema> {
  const module = (await import(`@aws-sdk/${shape.sdk}`)) as Record<string, unknown>;
  const schema = module[`${shape.name}$`];
  if (!schema) throw new Error(`@aws-sdk/${shape.sdk} exports no ${shape.name}$`);
  return NormalizedSchema.of(schema as never);
}

/** Whether a path names something that the shape (or a member that the entry adds) can have. */
export async function pathExists(facts: Facts, path: string): Promise<boolean> {
  const segments = path.split(/\.|(?=\[\])/).filter((segment) => segment !== "");
  const more = facts.more?.[segments[0] ?? ""];
  if (more === "json") return true;
  if (!more) return reaches(await schemaOf(facts.shape), segments);
  const [, ...rest] = segments;
  if (!more.list || rest.length === 0) return reaches(await schemaOf(more), rest);
  return rest[0] === "[]" && reaches(await schemaOf(more), rest.slice(1));
}

function reaches(schema: NormalizedSchema, segments: readonly string[]): boolean {
  const [head, ...rest] = segments;
  if (head === undefined) return true;
  if (schema.isDocumentSchema()) return true;
  if (head === "[]") return schema.isListSchema() && reaches(schema.getValueSchema(), rest);
  if (schema.isMapSchema()) return reaches(schema.getValueSchema(), rest);
  if (!schema.isStructSchema()) return false;
  for (const [name, member] of schema.structIterator()) if (name === head) return reaches(member, rest);
  return false;
}

/* Keys of maps are people's: some look like paths. */
const MAP_KEY = fc.oneof(
  fc.stringMatching(/^[a-z]{1,6}$/),
  fc.constantFrom("kubernetes.io/role", "a[0].b", "x]y", "*"),
);

/** Random values of a shape, as JSON, to a bounded depth. Members may be absent. */
export function arbitraryOf(schema: NormalizedSchema, depth = 4): fc.Arbitrary<Json | undefined> {
  if (schema.isTimestampSchema())
    return fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString());
  if (schema.isBooleanSchema()) return fc.boolean();
  if (schema.isNumericSchema()) return fc.integer();
  if (schema.isStringSchema() || schema.isBlobSchema()) return fc.string({ maxLength: 12 });
  if (depth === 0) return fc.constant(undefined);
  if (schema.isListSchema())
    return fc.array(
      arbitraryOf(schema.getValueSchema(), depth - 1).map((value) => value ?? null),
      { maxLength: 3 },
    );
  if (schema.isMapSchema())
    return fc.dictionary(
      MAP_KEY,
      arbitraryOf(schema.getValueSchema(), depth - 1).map((value) => value ?? null),
      { maxKeys: 3 },
    );
  if (!schema.isStructSchema()) return fc.string({ maxLength: 12 });
  const members: Record<string, fc.Arbitrary<Json | undefined>> = {};
  for (const [name, member] of schema.structIterator()) members[name] = arbitraryOf(member, depth - 1);
  return fc.record(members, { requiredKeys: [] }).map((record) => JSON.parse(JSON.stringify(record)) as Json);
}

/** Random configurations of a type: its shape and the members its entry adds. */
export async function arbitraryConfiguration(facts: Facts): Promise<fc.Arbitrary<{ readonly [key: string]: Json }>> {
  const own = arbitraryOf(await schemaOf(facts.shape));
  const added: Record<string, fc.Arbitrary<Json | undefined>> = {};
  for (const [name, shape] of Object.entries(facts.more ?? {}))
    added[name] = shape === "json" ? document() : await arbitraryMember(shape);
  return fc
    .tuple(own, fc.record(added, { requiredKeys: [] }))
    .map(
      ([base, more]) =>
        JSON.parse(JSON.stringify({ ...(base as object), ...more })) as { readonly [key: string]: Json },
    );
}

async function arbitraryMember(shape: ShapeRef): Promise<fc.Arbitrary<Json | undefined>> {
  const one = arbitraryOf(await schemaOf(shape));
  if (!shape.list) return one;
  return fc.array(
    one.map((value) => value ?? null),
    { maxLength: 3 },
  );
}

/** A parsed document such as a policy. */
function document(): fc.Arbitrary<Json | undefined> {
  const leaf = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.boolean(),
    fc.array(fc.string({ maxLength: 8 }), { maxLength: 3 }),
  );
  const statement = fc.dictionary(fc.constantFrom("Effect", "Action", "Resource", "Sid"), leaf as fc.Arbitrary<Json>);
  return fc.record({
    Version: fc.constant("2012-10-17"),
    Statement: fc.array(statement, { maxLength: 2 }),
  }) as fc.Arbitrary<Json>;
}
