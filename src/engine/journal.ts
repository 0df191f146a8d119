import type { IsoInstant } from "../model/brand.ts";
import type { JsonObject } from "../model/json.ts";
import type { Outcome } from "../model/plan.ts";

/** One line of a journal. */
export type JournalLine =
  | {
      readonly kind: "begin";
      readonly at: IsoInstant;
      readonly plan: string;
      readonly caller: string;
      readonly from: string;
    }
  /** Written before the change. */
  | { readonly kind: "intent"; readonly at: IsoInstant; readonly step: string; readonly before: JsonObject }
  | {
      readonly kind: "outcome";
      readonly at: IsoInstant;
      readonly step: string;
      readonly outcome: Outcome;
      readonly after?: JsonObject;
      readonly ms: number;
    }
  | { readonly kind: "end"; readonly at: IsoInstant };

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

/** A journal as it was read back: the lines that make sense, and whether some do not. */
export interface ReadJournal {
  readonly lines: readonly JournalLine[];
  readonly damaged: boolean;
}

export function parseJournal(texts: readonly string[]): ReadJournal {
  const lines: JournalLine[] = [];
  for (const text of texts)
    try {
      lines.push(JSON.parse(text) as JournalLine);
    } catch {
      // Whoever reads it must take what is missing for anything.
    }
  return { lines, damaged: lines.length < texts.length };
}
