import { NormalizedSchema } from "@smithy/core/schema";
import { traitsOf, type WireTraits } from "./traits.ts";

/** A member that travels outside the body, and where. */
export interface Bound {
  readonly name: string;
  /** Header, query key or prefix; for labels the member's own name. */
  readonly key: string;
  readonly schema: NormalizedSchema;
}

/** Where each member of a REST operation's input or output travels. */
export interface Bindings {
  readonly schema: NormalizedSchema;
  readonly labels: readonly Bound[];
  readonly queries: readonly Bound[];
  readonly queryMaps: readonly Bound[];
  readonly headers: readonly Bound[];
  readonly prefixes: readonly Bound[];
  readonly payload: Bound | undefined;
  readonly statusCode: string | undefined;
  /** Whether any member is left for a body document. */
  readonly hasBody: boolean;
  /** Members without which the request is another operation's. */
  readonly required: ReadonlySet<string>;
}

const compiled = new WeakMap<object, Bindings>();

/** The bindings of an input's or output's schema, as the operation's tuple holds it. */
export function bindingsOf(ref: unknown): Bindings {
  const schema = NormalizedSchema.of(ref as never);
  if (!schema.isStructSchema()) return compile(schema);
  const key = schema.getSchema() as object;
  const known = compiled.get(key) ?? compile(schema);
  compiled.set(key, known);
  return known;
}

function compile(schema: NormalizedSchema): Bindings {
  const members = schema.isStructSchema() ? [...schema.structIterator()] : [];
  const bound = (keyOf: (traits: WireTraits, name: string) => string | false | undefined): Bound[] =>
    members.flatMap(([name, member]) => {
      const key = keyOf(traitsOf(member), name);
      return typeof key === "string" ? [{ name, key, schema: member }] : [];
    });
  const [payload] = bound((traits, name) => Boolean(traits.httpPayload) && name);
  const [statusCode] = bound((traits, name) => Boolean(traits.httpResponseCode) && name);
  return {
    schema,
    labels: bound((traits, name) => Boolean(traits.httpLabel) && name),
    queries: bound((traits) => traits.httpQuery),
    queryMaps: bound((traits, name) => Boolean(traits.httpQueryParams) && name),
    headers: bound((traits) => traits.httpHeader?.toLowerCase()),
    prefixes: bound((traits) => traits.httpPrefixHeaders?.toLowerCase()),
    payload,
    statusCode: statusCode?.name,
    hasBody: !payload && members.some(([, member]) => inBody(member)),
    required: requiredOf(
      schema,
      members.map(([name]) => name),
    ),
  };
}

/** Whether a member is part of the body document. */
export function inBody(member: NormalizedSchema): boolean {
  const traits = traitsOf(member);
  return !(
    traits.httpLabel ||
    traits.httpQuery ||
    traits.httpQueryParams ||
    traits.httpHeader ||
    traits.httpPrefixHeaders !== undefined ||
    traits.httpPayload ||
    traits.httpResponseCode
  );
}

/** A structure's tuple ends with the number of its required members, which stand first. */
function requiredOf(schema: NormalizedSchema, names: readonly string[]): Set<string> {
  const tuple = schema.getSchema();
  const count = Array.isArray(tuple) ? Number(tuple[6] ?? 0) : 0;
  return new Set(names.slice(0, count));
}
