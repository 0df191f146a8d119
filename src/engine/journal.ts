import { z } from "zod";
import type { Origin } from "../io/origin.ts";
import type { IsoInstant } from "../model/brand.ts";
import type { JsonObject } from "../model/json.ts";
import type { Outcome } from "../model/plan.ts";

/** How many steps ended how. */
export type Counts = Readonly<Partial<Record<Outcome["kind"], number>>>;

/** Who applies what, from where. The first line of a run, and the first of each continuation of it. */
export interface BeginLine {
  readonly kind: "begin";
  readonly at: IsoInstant;
  readonly run: string;
  readonly verb: string;
  readonly plan: { readonly id: string; readonly digest: string; readonly steps: number };
  /** The caller's ARN as STS tells it. */
  readonly caller: string;
  readonly from: Origin;
  /** The pause record that is written, or put back. */
  readonly record?: string;
}

/** One line of a journal: everything that one run, and its continuations, did. */
export type JournalLine =
  | BeginLine
  /** Written before the change. */
  | { readonly kind: "intent"; readonly at: IsoInstant; readonly step: string; readonly before: JsonObject }
  | {
      readonly kind: "outcome";
      readonly at: IsoInstant;
      readonly step: string;
      readonly outcome: Outcome;
      readonly after?: JsonObject;
      readonly ms: number;
      /** AWS's ids of the calls that changed something, or were to: what its support asks for. */
      readonly requestIds?: readonly string[];
    }
  | {
      readonly kind: "end";
      readonly at: IsoInstant;
      readonly counts: Counts;
      /** Above 0: it was stopped by a person, and can be continued. */
      readonly notBegun: number;
      /** Of a resume: whether its record was closed, or stayed armed for what is not back. */
      readonly closed?: boolean;
    };

/** Where lines go. A line is on disk when `write` resolves. */
export interface Journal {
  write(line: JournalLine): Promise<void>;
}

/** What a journal tells of an earlier, perhaps interrupted, application of the same plan. */
export interface Progress {
  /** Steps that ended, by id, with their last outcome. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Steps that were begun and of which no end is known: they may or may not have changed something. */
  readonly begun: ReadonlySet<string>;
}

export function progressOf(lines: readonly JournalLine[]): Progress {
  const outcomes = new Map<string, Outcome>();
  const begun = new Set<string>();
  for (const line of lines) {
    if (line.kind === "intent") {
      begun.add(line.step);
      outcomes.delete(line.step);
    } else if (line.kind === "outcome") {
      outcomes.set(line.step, line.outcome);
      begun.delete(line.step);
    }
  }
  return { outcomes, begun };
}

/** A journal as it was read back: the lines that make sense, and those that do not. */
export interface ReadJournal {
  readonly lines: readonly JournalLine[];
  /** Numbers, from 1, of lines that are damaged. What stood there may have been anything. */
  readonly damaged: readonly number[];
}

/* What is read of a line; the rest of it is shown as it stands. */
const AT = { at: z.iso.datetime() };
const LINE = z.discriminatedUnion("kind", [
  z.looseObject({
    kind: z.literal("begin"),
    ...AT,
    run: z.string(),
    verb: z.string(),
    plan: z.looseObject({ id: z.string(), digest: z.string(), steps: z.int().nonnegative() }),
    caller: z.string(),
    from: z.looseObject({ host: z.string(), user: z.string(), pid: z.int() }),
  }),
  z.looseObject({ kind: z.literal("intent"), ...AT, step: z.string(), before: z.looseObject({}) }),
  z.looseObject({
    kind: z.literal("outcome"),
    ...AT,
    step: z.string(),
    ms: z.number(),
    outcome: z.looseObject({
      kind: z.enum(["applied", "unchanged", "skipped", "failed", "blocked", "deferred"]),
    }),
  }),
  z.looseObject({
    kind: z.literal("end"),
    ...AT,
    counts: z.record(z.string(), z.number()),
    notBegun: z.int().nonnegative(),
    closed: z.boolean().optional(),
  }),
]);

export function parseJournal(texts: readonly string[]): ReadJournal {
  const read = texts.map(parseLine);
  return {
    lines: read.filter((line) => line !== undefined),
    damaged: read.flatMap((line, index) => (line === undefined ? [index + 1] : [])),
  };
}

function parseLine(text: string): JournalLine | undefined {
  try {
    return LINE.parse(JSON.parse(text)) as unknown as JournalLine;
  } catch {
    return undefined;
  }
}
