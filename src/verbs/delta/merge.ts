import { type Change, compare, countChanges } from "../../model/delta.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { PropertyRules } from "../../model/property-rules.ts";
import type { DeltaResult } from "./result.ts";
import { type OneSided, scope } from "./scope.ts";
import { type Input, seenSide } from "./side.ts";
import { unseenCells } from "./unseen.ts";
import { walkBoth } from "./walk-both.ts";

/** A delta, and what was left out of it. */
export interface Merged extends DeltaResult {
  /** Resources on one side that the other never looked for. */
  readonly outOfScope: number;
  /** Resources on one side of which a date filter of the other can't say anything, because AWS tells no creation date. */
  readonly undated: number;
}

interface Tally {
  readonly changes: Change[];
  unchanged: number;
  out: number;
  undated: number;
}

/**
 * Compares two snapshots, or a snapshot and a live scan, in one walk through both by ARN. Memory grows with the changes,
 * not with the resources: lines that are equal are never parsed.
 * @param rulesOf a type's property rules
 * @throws EvenkeelError OTHER_ACCOUNT; CORRUPT_SNAPSHOT, also when a digest turns out wrong at the very end
 */
export async function mergeDelta(
  before: Input,
  after: Input,
  rulesOf: (type: string) => PropertyRules,
): Promise<Merged> {
  const [was, is] = [seenSide(before), seenSide(after)];
  if (was.account !== is.account)
    throw new EvenkeelError("OTHER_ACCOUNT", `${was.name} is of account ${was.account}, ${is.name} of ${is.account}`, {
      hint: "compare snapshots of one account",
    });
  const judges = scope(was, is);
  const tally: Tally = { changes: [], unchanged: 0, out: 0, undated: 0 };
  await explained([before, after], () =>
    walkBoth(before, after, {
      same: () => void tally.unchanged++,
      both: (a, b) => {
        const change = compare(a, b, rulesOf(b.type));
        if (change === undefined) tally.unchanged++;
        else tally.changes.push(change);
      },
      gone: (resource) => take(tally, judges.gone(resource), { kind: "deleted", resource }),
      come: (resource) => take(tally, judges.come(resource), { kind: "added", resource }),
    }),
  );
  return {
    account: was.account,
    before: { name: was.name, startedAt: was.startedAt, resources: was.resources },
    after: { name: is.name, startedAt: is.startedAt, resources: is.resources },
    changes: tally.changes,
    counts: countChanges(tally.changes),
    unchanged: tally.unchanged,
    unseen: unseenCells(was, is),
    outOfScope: tally.out,
    undated: tally.undated,
  };
}

function take(tally: Tally, verdict: OneSided, change: Extract<Change, { kind: "added" | "deleted" }>): void {
  switch (verdict.kind) {
    case "change":
      tally.changes.push(change);
      return;
    case "unknown":
      tally.changes.push({ kind: "unknown", resource: change.resource, reason: verdict.reason });
      return;
    case "out":
      tally.out++;
      return;
    case "undated":
      tally.undated++;
  }
}

/** A damaged snapshot is told together with the one that can be used instead. */
async function explained(inputs: readonly Input[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const stored = inputs.find((input) => input.kind === "snapshot");
    throw stored === undefined ? error : await stored.snapshot.explain(error);
  }
}
