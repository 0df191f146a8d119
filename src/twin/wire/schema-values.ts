import type { NormalizedSchema } from "@smithy/core/schema";
import fc from "fast-check";
import { traitsOf } from "./traits.ts";

/** Which values survive a protocol: XML has no control characters, and what repeats nothing cannot be told from nothing. */
export interface ValueRules {
  readonly depth: number;
  /** Lists and maps without tags of their own have at least one element. */
  readonly emptyVanishes: (schema: NormalizedSchema) => boolean;
  /** Members that SDK clients check or change. */
  readonly leftOut: ReadonlySet<string>;
}

const DATES = {
  min: new Date("1971-01-01T00:00:00Z"),
  max: new Date("2099-12-31T23:59:59.999Z"),
  noInvalidDate: true,
} as const;

/** Everything XML can carry, among it what has to be escaped. Texts of nothing but line ends are lost in the SDK's own parser. */
const text = fc
  .string({
    unit: fc.oneof(fc.constantFrom(..."&<>\"' \t\r\n+%=/;,é漢😀"), fc.string({ minLength: 1, maxLength: 1 })),
    maxLength: 8,
  })
  .filter((each) => each.trim() !== "" || !/[\r\n]/.test(each));

/** Header values lose their outer spaces and know no line ends. */
const headerText = fc.stringMatching(/^[A-Za-z0-9_:=+-]{1,8}$/);

/** Random values of an SDK schema. */
export function valuesOf(schema: NormalizedSchema, rules: ValueRules): fc.Arbitrary<unknown> {
  const { httpHeader, httpPayload, httpResponseCode } = traitsOf(schema);
  const deeper = { ...rules, depth: rules.depth - 1 };
  if (httpResponseCode) return fc.constant(200);
  if (schema.isUnitSchema()) return fc.constant({});
  if (schema.isStructSchema()) return structsOf(schema, deeper);
  if (schema.isListSchema()) {
    const limits = { minLength: rules.emptyVanishes(schema) ? 1 : 0, maxLength: 3 };
    return fc.array(httpHeader ? headerText : valuesOf(schema.getValueSchema(), deeper), limits);
  }
  if (schema.isMapSchema()) {
    const limits = { minKeys: rules.emptyVanishes(schema) ? 1 : 0, maxKeys: 3 };
    return fc.dictionary(fc.stringMatching(/^[a-z0-9]{1,6}$/), valuesOf(schema.getValueSchema(), deeper), limits);
  }
  if (schema.isTimestampSchema()) return httpHeader || schema.getSchema() === 6 ? wholeSeconds() : fc.date(DATES);
  if (schema.isBlobSchema()) return fc.uint8Array({ minLength: httpPayload ? 1 : 0, maxLength: 9 });
  if (schema.isBooleanSchema()) return fc.boolean();
  if (schema.isNumericSchema()) return fc.integer({ min: -1_000_000, max: 1_000_000 });
  if (schema.isDocumentSchema()) return fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.integer());
  // The SDK does not escape line ends in attributes.
  if (traitsOf(schema).xmlAttribute) return headerText;
  return httpHeader ? headerText : httpPayload ? text.filter((each) => each !== "") : text;
}

function wholeSeconds(): fc.Arbitrary<Date> {
  return fc.date(DATES).map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000));
}

function structsOf(schema: NormalizedSchema, rules: ValueRules): fc.Arbitrary<object> {
  const members = [...schema.structIterator()].filter(
    ([name, member]) => isPlain(member) && !rules.leftOut.has(name) && (rules.depth > 0 || !isNested(member)),
  );
  if (members.length === 0) return fc.constant({});
  const arbitraries = members.map(([name, member]) => [name, valuesOf(member, rules)] as const);
  if (schema.isUnionSchema())
    return fc.oneof(...arbitraries.map(([name, values]) => values.map((value) => ({ [name]: value }))));
  const always = members.filter(([, member]) => traitsOf(member).httpResponseCode).map(([name]) => name);
  return fc.record(Object.fromEntries(arbitraries), { requiredKeys: always, noNullPrototype: true });
}

function isNested(member: NormalizedSchema): boolean {
  return member.isStructSchema() || member.isListSchema() || member.isMapSchema();
}

function isPlain(member: NormalizedSchema): boolean {
  return !member.isStreaming() && !member.isBigDecimalSchema() && !member.isBigIntegerSchema();
}
