import fc from "fast-check";
import { ACT_NAMES, type Act } from "./acts.ts";

/** What may go wrong in a reading or in a change. */
export const TROUBLES = ["throttle", "serverError", "lostAnswer", "deniedReads", "deniedChanges"] as const;

/** An account, its baseline, what is made afterwards, and what befalls the restore. */
export interface RemovalHistory {
  readonly old: readonly Act[];
  /** Index into the selections of run.ts, of the baseline and of the restore. */
  readonly baseline: number;
  /** A listing that fails while the baseline is made. */
  readonly blind: number | undefined;
  readonly added: readonly Act[];
  readonly selection: number;
  readonly includeUndated: boolean;
  readonly override: boolean;
  /** What somebody does between the plan and its application. */
  readonly meanwhile: readonly Act[];
  readonly troubles: readonly {
    readonly kind: (typeof TROUBLES)[number];
    readonly skip: number;
    readonly times: number;
    readonly while: "planning" | "applying";
  }[];
  /** Killed after so many journal lines and changes. */
  readonly dies: number | undefined;
}

const act: fc.Arbitrary<Act> = fc.record({ act: fc.constantFrom(...ACT_NAMES), which: fc.nat(6) });
/** Nearly every world has a network, groups and instances: most of what can go wrong is between those. */
const common: fc.Arbitrary<Act> = fc.record({
  act: fc.constantFrom(
    "network",
    "group",
    "refer",
    "instance",
    "key",
    "volume",
    "attach",
    "bindVolume",
    "role",
    "profile",
  ),
  which: fc.nat(6),
});
const acts = (minLength: number, maxLength: number) => fc.array(fc.oneof(act, common), { minLength, maxLength });

const REMOVAL_HISTORY: fc.Arbitrary<RemovalHistory> = fc.record({
  old: acts(6, 16),
  baseline: fc.oneof(fc.constant(0), fc.nat(4)),
  blind: fc.option(fc.nat(9), { nil: undefined, freq: 3 }),
  added: acts(6, 16),
  selection: fc.oneof(fc.constant(0), fc.nat(4)),
  includeUndated: fc.boolean(),
  override: fc.boolean(),
  meanwhile: acts(0, 3),
  troubles: fc.array(
    fc.record({
      kind: fc.constantFrom(...TROUBLES),
      skip: fc.nat(120),
      times: fc.integer({ min: 1, max: 4 }),
      while: fc.constantFrom("planning" as const, "applying" as const),
    }),
    { maxLength: 2 },
  ),
  dies: fc.option(fc.nat(40), { nil: undefined }),
});

/** The history of a seed: always the same one. */
export function removalHistoryOf(seed: number): RemovalHistory {
  const [history] = fc.sample(REMOVAL_HISTORY, { seed, numRuns: 1 });
  if (!history) throw new Error("fast-check gave no sample");
  return history;
}
