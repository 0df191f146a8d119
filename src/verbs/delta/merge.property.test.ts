import fc from "fast-check";
import { expect, test } from "vitest";
import { runs } from "../../../tests/contract/runs.ts";
import {
  ACCOUNT,
  allSeen,
  anyResources,
  draft,
  EVERYTHING,
  REGIONS,
  STARTED,
  TYPES,
} from "../../../tests/store/sample.ts";
import { instant } from "../../model/brand.ts";
import type { Coverage } from "../../model/coverage.ts";
import { type Change, compare, subject } from "../../model/delta.ts";
import type { Resource } from "../../model/resource.ts";
import { judge, type Selection } from "../../model/selection.ts";
import { memoryBucket } from "../../store/memory-bucket.ts";
import { s3Store } from "../../store/s3.ts";
import { writeSnapshot } from "../../store/snapshot-writer.ts";
import { openSnapshot } from "../../store/snapshots.ts";
import { mergeDelta } from "./merge.ts";
import { scope } from "./scope.ts";
import type { Input, LiveScan } from "./side.ts";

const RULES = { volatile: [], secret: [], unordered: [] };
const LATER = instant("2026-03-05T00:00:00Z");

const anyCoverage: fc.Arbitrary<Coverage> = fc
  .dictionary(
    fc.constantFrom(...TYPES.flatMap((type) => REGIONS.map((region) => `${type}|${region}`))),
    fc.constantFrom("partial", "denied", "throttled", "unsupported", "failed", "absent"),
    { maxKeys: 3 },
  )
  .map((dim) => allSeen(dim as never).filter(({ status }) => (status as string) !== "absent"));

const anySelection: fc.Arbitrary<Selection> = fc
  .record(
    {
      types: fc.subarray([...TYPES], { minLength: 1 }),
      regions: fc.subarray(REGIONS, { minLength: 1 }),
      tags: fc.constant({ env: "prod" }),
      excludeTags: fc.constant({ team: "a" }),
      excludeIds: fc.constant(["r1", "r2"]),
      createdBefore: fc.constant(instant("2026-05-01T00:00:00Z")),
    },
    { requiredKeys: ["types", "regions"] },
  )
  .map((selection) => selection as Selection);

interface Side {
  readonly all: readonly Resource[];
  readonly selection: Selection;
  readonly coverage: Coverage;
}
const anySide: fc.Arbitrary<Side> = fc.record({
  all: anyResources,
  selection: fc.oneof(fc.constant(EVERYTHING), anySelection),
  coverage: anyCoverage,
});

/** What a scan with the selection sees. */
const seen = ({ all, selection }: Side) => all.filter((each) => judge(selection, each) === "in");

function scanOf(side: Side): LiveScan {
  const { selection, coverage } = side;
  return { name: "live", account: ACCOUNT, startedAt: LATER, selection, coverage, resources: seen(side) };
}

async function snapshotOf(side: Side, compress: boolean): Promise<Input> {
  const store = s3Store("s3://bucket/x", memoryBucket());
  const { selection, coverage } = side;
  await writeSnapshot(store, draft("base", { selection, coverage, startedAt: STARTED }), seen(side), { compress });
  return { kind: "snapshot", snapshot: await openSnapshot(store, ACCOUNT, "base") };
}

/** The same delta, thought out resource by resource. */
function naive(before: Side, after: Side): Change[] {
  const was = new Map(seen(before).map((each) => [each.arn, each]));
  const is = new Map(seen(after).map((each) => [each.arn, each]));
  const judges = scope({ ...before, name: "base", startedAt: STARTED }, { ...after, name: "live", startedAt: LATER });
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((arn): Change[] => {
    const [one, two] = [was.get(arn), is.get(arn)];
    if (one && two) return [compare(one, two, RULES)].filter((each) => each !== undefined);
    const resource = (one ?? two) as Resource;
    const verdict = one ? judges.gone(resource) : judges.come(resource);
    if (verdict.kind === "unknown") return [{ kind: "unknown", resource, reason: verdict.reason }];
    return verdict.kind === "change" ? [{ kind: one ? "deleted" : "added", resource }] : [];
  });
}

// Four hundred pairs of stored snapshots take seconds; a loaded machine must not fail it.
const PATIENCE_MS = 60_000;

test("the streaming merge tells what a naive comparison in memory tells", { timeout: PATIENCE_MS }, async () => {
  await fc.assert(
    fc.asyncProperty(anySide, anySide, fc.boolean(), fc.boolean(), async (before, after, compress, isLive) => {
      const left = await snapshotOf(before, compress);
      const right: Input = isLive ? { kind: "live", scan: scanOf(after) } : await snapshotOf(after, !compress);

      const result = await mergeDelta(left, right, () => RULES);

      const expected = naive(before, after);
      const strip = (change: Change) => ({ ...change, reason: undefined });
      expect(result.changes.map(strip)).toEqual(expected.map(strip));
      const [was, is] = [new Set(seen(before).map(({ arn }) => arn)), new Set(seen(after).map(({ arn }) => arn))];
      const both = [...was].filter((arn) => is.has(arn)).length;
      const touched = result.counts.modified + result.counts.replaced;
      expect(result.unchanged).toBe(both - touched);
      const oneSided = was.size + is.size - 2 * both;
      const { added, deleted, unknown } = result.counts;
      expect(added + deleted + unknown + result.outOfScope + result.undated).toBe(oneSided);
    }),
    runs(400),
  );
});

test("nothing is added or deleted where either side was not completely seen, whatever the world", async () => {
  await fc.assert(
    fc.asyncProperty(anySide, anySide, async (before, after) => {
      const { changes } = await mergeDelta(
        await snapshotOf(before, false),
        { kind: "live", scan: scanOf(after) },
        () => RULES,
      );

      const complete = (side: Side, { type, region }: Resource) =>
        side.coverage.some((cell) => cell.type === type && cell.region === region && cell.status === "complete");
      for (const change of changes.filter(({ kind }) => kind === "added" || kind === "deleted")) {
        expect(complete(before, subject(change))).toBe(true);
        expect(complete(after, subject(change))).toBe(true);
      }
    }),
    runs(200),
  );
});

test("nothing that still exists is deleted, and nothing that the baseline never looked for is added", async () => {
  await fc.assert(
    fc.asyncProperty(anySide, anySide, async (before, after) => {
      const result = await mergeDelta(
        await snapshotOf(before, false),
        { kind: "live", scan: scanOf(after) },
        () => RULES,
      );

      const dates = after.selection.createdBefore !== undefined;
      const exists = new Set(after.all.map(({ arn }) => arn));
      for (const change of result.changes) {
        // A date filter can hide something that was made again: then the old one is gone indeed.
        if (change.kind === "deleted" && !dates) expect(exists.has(change.resource.arn)).toBe(false);
        if (change.kind === "added") expect(judge(before.selection, change.resource)).toBe("in");
      }
    }),
    runs(200),
  );
});
