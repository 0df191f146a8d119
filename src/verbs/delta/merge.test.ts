import { beforeEach, describe, expect, test } from "vitest";
import { ACCOUNT, allSeen, draft, EVERYTHING, STARTED, sample, TYPES } from "../../../tests/store/sample.ts";
import { type AccountId, type IsoInstant, instant, type Region } from "../../model/brand.ts";
import type { CoverageCell } from "../../model/coverage.ts";
import { type Change, subject } from "../../model/delta.ts";
import type { Resource } from "../../model/resource.ts";
import type { Selection } from "../../model/selection.ts";
import { memoryBucket } from "../../store/memory-bucket.ts";
import { s3Store } from "../../store/s3.ts";
import type { SnapshotDraft } from "../../store/snapshot-writer.ts";
import { writeSnapshot } from "../../store/snapshot-writer.ts";
import { openSnapshot } from "../../store/snapshots.ts";
import { readAll, type Store } from "../../store/store.ts";
import { mergeDelta } from "./merge.ts";
import { scanFor } from "./scope.ts";
import type { Input } from "./side.ts";

const RULES = { volatile: [], secret: [], unordered: [] };
const rulesOf = () => RULES;
const OLD = instant("2026-01-01T00:00:00Z");
const LATER = instant("2026-03-02T00:00:00Z");

let store: Store;
beforeEach(() => {
  store = s3Store("s3://bucket/x", memoryBucket());
});

async function stored(name: string, resources: readonly Resource[], more: Partial<SnapshotDraft> = {}): Promise<Input> {
  await writeSnapshot(store, draft(name, more), resources);
  return { kind: "snapshot", snapshot: await openSnapshot(store, ACCOUNT, name) };
}

function live(resources: readonly Resource[], more: { selection?: Selection; coverage?: CoverageCell[] } = {}): Input {
  const seen = { selection: EVERYTHING, coverage: allSeen(), ...more };
  return { kind: "live", scan: { name: "live", account: ACCOUNT, startedAt: LATER, ...seen, resources } };
}

const told = (changes: readonly Change[]) => changes.map((change) => `${change.kind} ${subject(change).id}`);
const delta = (before: Input, after: Input) => mergeDelta(before, after, rulesOf);

const tagged = (id: string, env: string, createdAt?: IsoInstant) =>
  sample(id, { tags: { env }, ...(createdAt === undefined ? {} : { createdAt }) });
const PROD: Selection = { ...EVERYTHING, tags: { env: "prod" } };

describe("a delta", () => {
  const was = [sample("a"), sample("b"), sample("c"), sample("d", { createdAt: OLD }), sample("gone")];
  const is = [
    sample("a"),
    sample("b", { configuration: { Size: 2 } }),
    sample("c", { state: "busy" }),
    sample("d", { createdAt: LATER }),
    sample("new"),
  ];

  test.each(["snapshot", "live"])(
    "tells added, deleted, modified, replaced and unchanged of a snapshot and a %s",
    async (kind) => {
      const before = await stored("base", was);
      const after = kind === "live" ? live(is.toReversed()) : await stored("then", is);

      const result = await delta(before, after);

      expect(told(result.changes)).toEqual(["modified b", "replaced d", "deleted gone", "added new"]);
      expect(result.counts).toEqual({ added: 1, deleted: 1, modified: 1, replaced: 1, unknown: 0 });
      expect(result.unchanged).toBe(2);
      expect(result.before).toEqual({ name: "base", startedAt: STARTED, resources: 5 });
      expect(result.after).toMatchObject({ name: kind === "live" ? "live" : "then", resources: 5 });
      expect(result.changes[0]).toMatchObject({ properties: [{ path: "Size", before: 1, after: 2 }] });
    },
  );

  test("of a snapshot with itself or with empty sides holds what it must", async () => {
    const before = await stored("base", was);
    const empty = await stored("empty", []);

    expect(await delta(before, before)).toMatchObject({ changes: [], unchanged: 5 });
    expect((await delta(before, empty)).counts.deleted).toBe(5);
    expect((await delta(empty, before)).counts.added).toBe(5);
    expect(await delta(empty, empty)).toMatchObject({ changes: [], unchanged: 0 });
    expect((await delta(empty, live([]))).changes).toEqual([]);
  });

  test("calls a resource unknown of which a part was seen to be not set once, and could not be read once", async () => {
    const unknown = [{ path: "Policy", reason: "denied: s3:GetBucketPolicy" }];
    const [seen, unseen] = [sample("a"), sample("a", { unknown })];

    expect(told((await delta(await stored("one", [seen]), live([unseen]))).changes)).toEqual(["unknown a"]);
    expect(told((await delta(await stored("two", [unseen]), live([seen]))).changes)).toEqual(["unknown a"]);
    expect(told((await delta(await stored("three", [unseen]), live([unseen]))).changes)).toEqual([]);
  });

  test("takes a live resource that was listed twice once, as it was read last", async () => {
    const before = await stored("base", [sample("a"), sample("b")]);

    const result = await delta(
      before,
      live([sample("b"), sample("a", { configuration: { Size: 9 } }), sample("a"), sample("b")]),
    );

    expect(result).toMatchObject({ changes: [], unchanged: 2 });
  });

  test("is refused across accounts", async () => {
    const other: Input = live([]);
    const stranger = {
      ...other,
      scan: { ...(other.kind === "live" ? other.scan : {}), account: "444455556666" as AccountId },
    };

    await expect(delta(await stored("base", []), stranger as Input)).rejects.toMatchObject({ code: "OTHER_ACCOUNT" });
  });

  test.each([0, 1])("is refused when side %i turns out damaged, be it at the very end", async (side) => {
    await stored("intact", was);
    const inputs: [Input, Input] = [await stored("base", was), await stored("then", is)];
    const path = `accounts/${ACCOUNT}/snapshots/${["base", "then"][side]}.jsonl`;
    const whole = String(await readAll(store, path));
    await store.write(path, Buffer.from(whole.replace(/"id":"(gone|new)"/, '"id":"nEw!"')));

    await expect(delta(...inputs)).rejects.toMatchObject({
      code: "CORRUPT_SNAPSHOT",
      message: expect.stringContaining("digest differs"),
      details: { hint: expect.stringContaining("newest intact one") },
    });
  });
});

describe("what was not completely seen", () => {
  const CELL = "AWS::SQS::Queue|eu-west-1";

  test.each(["partial", "denied", "throttled", "unsupported", "failed"] as const)(
    "neither adds nor deletes when it was %s on either side",
    async (status) => {
      const dim = { coverage: allSeen({ [CELL]: status }) };
      const clear = { coverage: allSeen() };
      for (const [index, [one, two]] of [
        [dim, clear],
        [clear, dim],
        [dim, dim],
      ].entries()) {
        const before = await stored(`base${index}`, [sample("both"), sample("old")], one);

        const { changes, unchanged } = await delta(before, live([sample("both"), sample("young")], two));

        expect(told(changes)).toEqual(["unknown old", "unknown young"]);
        expect(unchanged).toBe(1);
        expect(changes[0]).toMatchObject({ reason: expect.stringContaining(status) });
      }
    },
  );

  test("is told in words, with side, place and the API's reason", async () => {
    const coverage = allSeen().map((cell) =>
      `${cell.type}|${cell.region}` === CELL
        ? { ...cell, status: "denied" as const, reason: "AccessDenied: no sqs:ListQueues" }
        : cell,
    );
    const before = await stored("base", [sample("old")]);

    const { changes, unseen } = await delta(before, live([], { coverage }));

    expect(changes).toMatchObject([
      { reason: "AWS::SQS::Queue in eu-west-1: live did not see all of it: denied, AccessDenied: no sqs:ListQueues" },
    ]);
    expect(unseen).toMatchObject([
      { type: "AWS::SQS::Queue", status: "denied", reason: "live: AccessDenied: no sqs:ListQueues" },
    ]);
  });

  test("includes cells that one side should have looked at and has no word of", async () => {
    const coverage = allSeen().filter(({ type }) => type !== "AWS::SNS::Topic");
    const topic = sample("t", { type: "AWS::SNS::Topic" });

    const { changes, unseen } = await delta(await stored("base", [], { coverage }), live([topic]));

    expect(changes).toMatchObject([
      { kind: "unknown", reason: "AWS::SNS::Topic in eu-west-1: base did not look there" },
    ]);
    expect(unseen.map(({ type, region }) => `${type} ${region}`)).toEqual([
      "AWS::SNS::Topic eu-west-1",
      "AWS::SNS::Topic us-east-1",
    ]);
  });

  test("still compares what stands on both sides", async () => {
    const dim = { coverage: allSeen({ [CELL]: "partial" }) };
    const before = await stored("base", [sample("a")], dim);

    expect(told((await delta(before, live([sample("a", { configuration: { Size: 2 } })], dim))).changes)).toEqual([
      "modified a",
    ]);
  });

  test("is not told of cells that only one side looked for", async () => {
    const narrow = { types: [TYPES[0]], regions: ["eu-west-1" as Region] };
    const coverage = allSeen({ "AWS::SNS::Topic|eu-west-1": "denied" });

    expect((await delta(await stored("base", [], { selection: narrow }), live([], { coverage }))).unseen).toEqual([]);
  });
});

describe("a narrower selection", () => {
  test("of the baseline never makes what it did not look for added", async () => {
    const selection: Selection = { types: [TYPES[0]], regions: ["eu-west-1" as Region] };
    const before = await stored("base", [], { selection, coverage: allSeen().slice(0, 1) });

    const result = await delta(
      before,
      live([sample("t", { type: TYPES[1] }), sample("q", { region: "us-east-1" as Region })]),
    );

    expect(result).toMatchObject({ changes: [], outOfScope: 2 });
  });

  test("of the after side never makes what it did not look for deleted", async () => {
    const selection: Selection = { types: [TYPES[1]], regions: EVERYTHING.regions };
    const before = await stored("base", [sample("q"), sample("t", { type: TYPES[1] })]);

    const result = await delta(before, await stored("then", [], { selection, coverage: allSeen().slice(2, 4) }));

    expect(told(result.changes)).toEqual(["deleted t"]);
    expect(result.outOfScope).toBe(1);
  });

  test("by ids keeps to them on both sides", async () => {
    const selection: Selection = { ...EVERYTHING, ids: ["a", "b"] };
    const before = await stored("base", [sample("a")], { selection });

    const result = await delta(before, live([sample("b"), sample("z")]));

    expect(told(result.changes)).toEqual(["deleted a", "added b"]);
    expect(result.outOfScope).toBe(1);
  });
});

describe("a tag filter", () => {
  test("of the baseline: a resource that lost the tag is modified, not deleted", async () => {
    const before = await stored("base", [tagged("a", "prod")], { selection: PROD });

    const { changes } = await delta(before, live([tagged("a", "dev")], { selection: scanFor(PROD) }));

    expect(changes).toMatchObject([
      { kind: "modified", properties: [{ path: "Tags.env", before: "prod", after: "dev" }] },
    ]);
  });

  test("of the baseline: what does not have the tag is out of scope, and what was deleted is deleted", async () => {
    const before = await stored("base", [tagged("a", "prod")], { selection: PROD });

    const result = await delta(
      before,
      live([tagged("b", "dev"), tagged("c", "prod", LATER)], { selection: scanFor(PROD) }),
    );

    expect(told(result.changes)).toEqual(["deleted a", "added c"]);
    expect(result.outOfScope).toBe(1);
  });

  test("of the baseline: what existed before and got the tag since is not new", async () => {
    const before = await stored("base", [], { selection: PROD });

    const { changes } = await delta(before, live([tagged("old", "prod", OLD), tagged("undated", "prod")]));

    expect(told(changes)).toEqual(["unknown old", "unknown undated"]);
    expect(changes).toMatchObject([
      { reason: expect.stringContaining("not new (created 2026-01-01") },
      { reason: expect.stringContaining("AWS tells no creation date") },
    ]);
  });

  test("of the after side: deleted can't be told from a lost tag", async () => {
    const before = await stored("base", [tagged("a", "prod"), tagged("b", "dev")]);

    const result = await delta(before, await stored("then", [], { selection: PROD }));

    expect(told(result.changes)).toEqual(["unknown a"]);
    expect(result.changes[0]).toMatchObject({ reason: expect.stringContaining("its tag changed") });
    expect(result.outOfScope).toBe(1);
  });

  test("that excludes works the same way", async () => {
    const selection: Selection = { ...EVERYTHING, excludeTags: { env: "dev" } };
    const before = await stored("base", [tagged("a", "prod")]);

    expect(told((await delta(before, await stored("then", [], { selection }))).changes)).toEqual(["unknown a"]);
    expect(await delta(await stored("base2", [], { selection }), live([tagged("b", "dev")]))).toMatchObject({
      outOfScope: 1,
      changes: [],
    });
  });

  test("by name: deleted can't be told from renamed", async () => {
    const before = await stored("base", [sample("a", { name: "web" }), sample("web")]);

    const { changes } = await delta(before, await stored("then", [], { selection: { ...EVERYTHING, ids: ["web"] } }));

    expect(told(changes)).toEqual(["unknown a", "deleted web"]);
  });

  test("that excludes by name: what was called otherwise then is not new", async () => {
    const selection: Selection = { ...EVERYTHING, excludeIds: ["web"] };
    const before = await stored("base", [], { selection });
    const renamed = sample("a", { name: "api", createdAt: OLD });

    expect(told((await delta(before, live([renamed, sample("b", { createdAt: LATER })]))).changes)).toEqual([
      "unknown a",
      "added b",
    ]);
  });

  test("that excludes by ARN alone moves nothing", async () => {
    const { arn } = sample("web");
    const before = await stored("base", [], { selection: { ...EVERYTHING, excludeIds: [arn] } });

    expect(told((await delta(before, live([sample("a", { createdAt: OLD })]))).changes)).toEqual(["added a"]);
  });
});

describe("a date filter", () => {
  const selection: Selection = { ...EVERYTHING, createdBefore: STARTED };

  test("leaves what has no creation date neither added nor deleted", async () => {
    const dated = await stored("dated", [], { selection });
    const all = await stored("all", [sample("b")]);

    expect(await delta(dated, live([sample("a")]))).toMatchObject({ changes: [], undated: 1 });
    expect(await delta(all, dated)).toMatchObject({ changes: [], undated: 1 });
  });

  test("leaves what lies outside of it out of scope", async () => {
    const dated = await stored("dated", [], { selection });

    const result = await delta(dated, live([sample("young", { createdAt: LATER }), sample("old", { createdAt: OLD })]));

    expect(told(result.changes)).toEqual(["added old"]);
    expect(result.outOfScope).toBe(1);
  });

  test("sees that something was made again, when the scan is as wide as it should be", async () => {
    const before = await stored("dated", [sample("a", { createdAt: OLD })], { selection });

    const { changes } = await delta(
      before,
      live([sample("a", { createdAt: LATER })], { selection: scanFor(selection) }),
    );

    expect(told(changes)).toEqual(["replaced a"]);
  });
});
