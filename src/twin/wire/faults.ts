import type { FaultKind } from "../faults.ts";
import { AwsFault } from "../service.ts";
import type { WireError } from "./exchange.ts";

type Sdk = Readonly<Record<string, unknown>>;

/** An error shape as SDK packages export it: its traits tell the query protocols' code and the status. */
type ErrorSchema = readonly [-3, string, string, ErrorTraits | number, readonly string[], ...unknown[]];
interface ErrorTraits {
  readonly awsQueryError?: readonly [string, number];
  readonly httpError?: number;
}

const compiled = new WeakMap<Sdk, ReadonlyMap<string, ErrorSchema>>();

/** Dresses a fault for the wire. Behaviours may name it by its shape or by its query code: the SDK knows both. */
export function wireError(fault: AwsFault, sdk: Sdk | undefined): WireError {
  const schema = sdk && errorsOf(sdk).get(fault.code);
  const traits: ErrorTraits = typeof schema?.[3] === "object" ? schema[3] : {};
  return {
    shape: schema?.[2] ?? fault.code,
    code: traits.awsQueryError?.[0] ?? fault.code,
    message: fault.message,
    members: fault.members,
    messageMember: schema?.[4].find((name) => /^message$/i.test(name)) ?? "message",
    // 400 is what a behaviour gets that does not say.
    status: fault.status === 400 ? (traits.httpError ?? 400) : fault.status,
  };
}

function errorsOf(sdk: Sdk): ReadonlyMap<string, ErrorSchema> {
  const known = compiled.get(sdk);
  if (known) return known;
  const schemas = Object.values(sdk).filter((value): value is ErrorSchema => Array.isArray(value) && value[0] === -3);
  const byName = new Map<string, ErrorSchema>();
  for (const schema of schemas) {
    const code = typeof schema[3] === "object" ? schema[3].awsQueryError?.[0] : undefined;
    if (code) byName.set(code, schema);
  }
  for (const schema of schemas) byName.set(schema[2], schema);
  compiled.set(sdk, byName);
  return byName;
}

/** How a planned fault goes wrong on the way; undefined when it is an error of AWS's own. */
export function wayOf(fault: AwsFault): Exclude<FaultKind, "error"> | undefined {
  const { wire } = fault as AwsFault & { readonly wire?: FaultKind };
  return wire === "error" ? undefined : wire;
}

/** What a bug of the twin looks like from outside. */
export function internalFailure(error: unknown): AwsFault {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new AwsFault("InternalFailure", message, 500);
}
