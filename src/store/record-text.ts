import { z } from "zod";
import type { AccountId, IsoInstant } from "../model/brand.ts";
import { canonical, sha256 } from "../model/canonical.ts";
import type { Json } from "../model/json.ts";
import { type Plan, planDigest, type Step } from "../model/plan.ts";
import { stepSchema } from "../model/plan-schema.ts";

/** Raised when a stored record changes its meaning. */
const RECORD_SCHEMA = 1;

/** What becomes of a record that nobody has put back by its expiry. */
export const ON_EXPIRY = ["remind", "resume", "keep"] as const;
export type OnExpiry = (typeof ON_EXPIRY)[number];

/** The prior state saved by a pause, until its resume has verified everything. Written before the first change. */
export interface PauseRecord {
  readonly id: string;
  readonly createdAt: IsoInstant;
  readonly expiresAt: IsoInstant;
  /** Absent = remind. */
  readonly onExpiry?: OnExpiry;
  /** The plan that was applied: each step holds what its resource was like. */
  readonly plan: Plan;
}

/** What can be read of a record that is not whole. Each part has a digest of its own: what was edited is in neither. */
export interface Salvage {
  /** All but the steps. */
  readonly head?: Omit<PauseRecord, "plan"> & { readonly plan: Omit<Plan, "steps"> };
  readonly steps: readonly Step[];
}

export type RecordText =
  | { readonly kind: "whole"; readonly record: PauseRecord }
  | { readonly kind: "damaged"; readonly problem: string; readonly salvage: Salvage };

interface Sealed<T> {
  readonly digest: string;
  readonly saved: T;
}

type Head = NonNullable<Salvage["head"]> & { readonly schema: number };

/* A part's digest names its record too: a step that was copied from another record is none of this one. */
const sealOf = (id: string, account: string, saved: unknown) =>
  sha256(canonical({ schema: RECORD_SCHEMA, record: id, account, saved } as unknown as Json));

/**
 * A record as it is stored: one JSON document whose head and steps have a line and a digest each, so that what is left of
 * a damaged one can be told from what is not.
 */
export function recordText({ plan, ...record }: PauseRecord): string {
  const { steps, ...rest } = plan;
  const line = (saved: object) =>
    JSON.stringify({ digest: sealOf(record.id, plan.account, saved), saved } satisfies Sealed<object>);
  const head: Head = { schema: RECORD_SCHEMA, ...record, plan: rest };
  return `{\n"head":${line(head)},\n"steps":[\n${steps.map(line).join(",\n")}\n]\n}\n`;
}

const HEAD = z.looseObject({
  schema: z.literal(RECORD_SCHEMA),
  id: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  onExpiry: z.enum(ON_EXPIRY).optional(),
  plan: z.looseObject({ digest: z.string(), account: z.string() }),
});

/** Reads a record back, or what is left of it. Never throws. */
export function parseRecord(text: string, account: AccountId, id: string): RecordText {
  const former = formerRecord(text, account, id);
  if (former) return { kind: "whole", record: former };
  const salvage = salvageOf(text, account, id);
  const damaged = (problem: string): RecordText => ({ kind: "damaged", problem, salvage });
  const ending = problemOf(text);
  if (ending !== undefined) return damaged(ending);
  const { head, steps } = salvage;
  const schema = schemaOf(text);
  if (typeof schema === "number" && schema !== RECORD_SCHEMA)
    return damaged(`it is of record schema ${schema}, and this version of evenkeel reads ${RECORD_SCHEMA}`);
  if (!head) return damaged("its head was edited or damaged, or it is another account's: its digest differs");
  const plan = { ...head.plan, steps } as Plan;
  if (planDigest(plan) !== plan.digest) return damaged("a step of it was edited or damaged: its digest differs");
  return { kind: "whole", record: { ...head, plan } };
}

/** What keeps a text from being a document at all. */
function problemOf(text: string): string | undefined {
  if (text.trim() === "") return "its file is empty";
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return `it is cut off or overwritten: ${(error as Error).message}`;
  }
}

function schemaOf(text: string): unknown {
  const document = JSON.parse(text) as { readonly head?: { readonly saved?: { readonly schema?: unknown } } } | null;
  return document?.head?.saved?.schema;
}

function salvageOf(text: string, account: AccountId, id: string): Salvage {
  const parts = text.split("\n").map((line) => partOf(line.replace(/^"head":/, "").replace(/,$/, ""), account, id));
  const [head] = parts.flatMap((part) => {
    const parsed = HEAD.safeParse(part);
    return parsed.success && parsed.data.id === id ? [parsed.data as unknown as Head] : [];
  });
  const steps = parts.flatMap((part) => (stepSchema.safeParse(part).success ? [part as Step] : []));
  if (!head) return { steps };
  const { schema: _, ...rest } = head;
  return { head: rest, steps };
}

/** What a line saves; undefined = it is not as it was written. */
function partOf(line: string, account: AccountId, id: string): unknown {
  try {
    const { digest, saved } = JSON.parse(line) as Partial<Sealed<unknown>>;
    return saved !== undefined && digest === sealOf(id, account, saved) ? saved : undefined;
  } catch {
    return undefined;
  }
}

const FORMER = z.looseObject({
  id: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  plan: z.looseObject({ digest: z.string(), account: z.string(), steps: z.array(z.looseObject({ id: z.string() })) }),
});

/** A record of the versions that gave it one digest, that of its plan; undefined = it is none, or not whole. */
function formerRecord(text: string, account: AccountId, id: string): PauseRecord | undefined {
  try {
    const parsed = FORMER.safeParse(JSON.parse(text));
    const record = parsed.data as unknown as PauseRecord;
    const isWhole =
      parsed.success &&
      record.id === id &&
      record.plan.account === account &&
      planDigest(record.plan) === record.plan.digest;
    return isWhole ? record : undefined;
  } catch {
    return undefined;
  }
}
