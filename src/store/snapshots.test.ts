import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { ACCOUNT, anyResources, collect, draft, sample } from "../../tests/store/sample.ts";
import { type AccountId, instant } from "../model/brand.ts";
import { isSnapshotName } from "../model/snapshot.ts";
import { memoryBucket } from "./memory-bucket.ts";
import { s3Store } from "./s3.ts";
import { listSnapshots } from "./snapshot-list.ts";
import { writeSnapshot } from "./snapshot-writer.ts";
import { activeSnapshot, deleteSnapshot, openBaseline, openSnapshot, setActive } from "./snapshots.ts";
import { readAll, type Store } from "./store.ts";

const OTHER = "444455556666" as AccountId;
const FOLDER = `accounts/${ACCOUNT}/snapshots`;
const emptyStore = () => s3Store("s3://bucket/x", memoryBucket());

let store: Store;
beforeEach(() => {
  store = emptyStore();
});
const resourcesOf = async (name: string) => collect((await openSnapshot(store, ACCOUNT, name)).resources());
const stored = async (path: string) => String(await readAll(store, path));

describe("a snapshot", () => {
  test("comes back as it was written, in ARN order", async () => {
    const header = await writeSnapshot(store, draft("base"), [sample("b"), sample("a"), sample("c")]);

    expect((await openSnapshot(store, ACCOUNT, "base")).header).toEqual(header);
    expect((await resourcesOf("base")).map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(header.counts).toEqual({ "AWS::SQS::Queue": 3 });
  });

  test("comes back the same for any resources, compressed or not", async () => {
    await fc.assert(
      fc.asyncProperty(anyResources, fc.boolean(), async (resources, compress) => {
        store = emptyStore();
        await writeSnapshot(store, draft("base"), resources, { compress });

        expect(await resourcesOf("base")).toEqual(resources.toSorted((a, b) => (a.arn < b.arn ? -1 : 1)));
      }),
    );
  });

  test("is the same, byte for byte, for the same resources in any order", async () => {
    const resources = ["x", "y", "z"].map((id) => sample(id, { tags: { id } }));
    await writeSnapshot(store, draft("base"), resources);
    const first = await stored(`${FOLDER}/base.jsonl`);
    store = emptyStore();
    await writeSnapshot(store, draft("base"), resources.toReversed());

    expect(await stored(`${FOLDER}/base.jsonl`)).toBe(first);
  });

  test("can be empty", async () => {
    const header = await writeSnapshot(store, draft("none"), []);

    expect(await resourcesOf("none")).toEqual([]);
    expect(header.counts).toEqual({});
  });

  test("takes a stream, and keeps the later of two readings of one resource", async () => {
    await writeSnapshot(
      store,
      draft("base"),
      (async function* () {
        yield sample("a", { configuration: { Size: 1 } });
        yield sample("b");
        yield sample("a", { configuration: { Size: 2 } });
      })(),
    );

    expect((await resourcesOf("base")).map(({ id, configuration }) => [id, configuration.Size])).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
    expect((await openSnapshot(store, ACCOUNT, "base")).header.counts).toEqual({ "AWS::SQS::Queue": 2 });
  });

  test("is compressed when asked, and unasked when it is larger than 8 MiB", async () => {
    await writeSnapshot(store, draft("small"), [sample("a")]);
    await writeSnapshot(store, draft("asked"), [sample("a")], { compress: true });
    const large = Array.from({ length: 100 }, (_, index) =>
      sample(`r${index}`, { configuration: { Text: "x".repeat(90_000) } }),
    );
    await writeSnapshot(store, draft("large"), large);

    expect((await store.list(FOLDER)).map(({ path }) => path.slice(FOLDER.length + 1))).toEqual([
      "asked.jsonl.br",
      "large.jsonl.br",
      "small.jsonl",
    ]);
    expect(await resourcesOf("large")).toHaveLength(100);
    expect(await resourcesOf("asked")).toEqual([sample("a")]);
  });

  test.each([true, false])("refuses a name that exists, in either form (compressed: %j)", async (compress) => {
    await writeSnapshot(store, draft("base"), [sample("a")], { compress: !compress });

    await expect(writeSnapshot(store, draft("base"), [], { compress })).rejects.toMatchObject({
      code: "SNAPSHOT_EXISTS",
    });
    expect(await resourcesOf("base")).toEqual([sample("a")]);
  });

  test("lets one of two writers of a name win", async () => {
    const outcomes = await Promise.allSettled(
      ["a", "b"].map((id) => writeSnapshot(store, draft("base"), [sample(id)])),
    );

    const won = outcomes.findIndex(({ status }) => status === "fulfilled");
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await resourcesOf("base")).map(({ id }) => id)).toEqual([["a", "b"][won]]);
  });

  test("refuses names that are none", async () => {
    for (const name of ["", "../x", "a b", "-x", "x".repeat(101), ".hidden"]) {
      expect(isSnapshotName(name)).toBe(false);
      await expect(writeSnapshot(store, draft(name), [])).rejects.toMatchObject({ code: "USAGE" });
      await expect(openSnapshot(store, ACCOUNT, name)).rejects.toMatchObject({ code: "USAGE" });
    }
    expect(await store.list("")).toEqual([]);
  });

  test.each(["a.jsonl", "a.jsonl.br", "a.br"])("can be called %s", async (name) => {
    await writeSnapshot(store, draft(name), [sample("a")]);
    await writeSnapshot(store, draft("a"), [], { compress: true });

    expect(await resourcesOf(name)).toEqual([sample("a")]);
    expect(await resourcesOf("a")).toEqual([]);
    expect((await listSnapshots(store, ACCOUNT)).map((each) => each.name).sort()).toEqual(["a", name]);
  });
});

describe("looking a snapshot up", () => {
  test("names the nearest ones and the command that makes one when there is none", async () => {
    for (const name of ["baseline-1", "baseline-2", "other"]) await writeSnapshot(store, draft(name), []);

    await expect(openSnapshot(store, ACCOUNT, "basline-1")).rejects.toMatchObject({
      code: "NO_SNAPSHOT",
      details: { hint: "did you mean baseline-1, baseline-2? `evenkeel snapshot create basline-1` makes one" },
    });
    await expect(openSnapshot(store, ACCOUNT, "unlike")).rejects.toMatchObject({
      details: { hint: "`evenkeel snapshot create unlike` makes one" },
    });
  });

  test("says whose it is when only another account has it", async () => {
    await writeSnapshot(store, draft("base", { account: OTHER }), []);

    await expect(openSnapshot(store, ACCOUNT, "base")).rejects.toMatchObject({
      code: "OTHER_ACCOUNT",
      message: expect.stringContaining(OTHER),
    });
    await expect(setActive(store, ACCOUNT, "base")).rejects.toMatchObject({ code: "OTHER_ACCOUNT" });
  });

  test("refuses a file that was moved here from another account", async () => {
    await writeSnapshot(store, draft("base", { account: OTHER }), []);
    const content = await readAll(store, `accounts/${OTHER}/snapshots/base.jsonl`);
    await store.write(`${FOLDER}/base.jsonl`, content as Buffer);

    await expect(openSnapshot(store, ACCOUNT, "base")).rejects.toMatchObject({ code: "OTHER_ACCOUNT" });
    expect(await listSnapshots(store, ACCOUNT)).toMatchObject([
      { kind: "corrupt", problem: expect.stringContaining(OTHER) },
    ]);
  });

  test("keeps the snapshots of accounts apart", async () => {
    await writeSnapshot(store, draft("base"), [sample("a")]);
    await writeSnapshot(store, draft("base", { account: OTHER }), []);
    await setActive(store, OTHER, "base");

    expect(await activeSnapshot(store, ACCOUNT)).toBeUndefined();
    expect(await resourcesOf("base")).toHaveLength(1);
    expect(await listSnapshots(store, OTHER)).toMatchObject([{ active: true, header: { account: OTHER } }]);
  });
});

describe("the active snapshot", () => {
  test("is none at first, and then the one that was set", async () => {
    expect(await activeSnapshot(store, ACCOUNT)).toBeUndefined();
    await expect(openBaseline(store, ACCOUNT)).rejects.toMatchObject({
      code: "NO_BASELINE",
      details: { hint: expect.stringContaining("evenkeel snapshot create") },
    });
    await writeSnapshot(store, draft("a"), []);
    await writeSnapshot(store, draft("b"), []);
    await setActive(store, ACCOUNT, "a");
    await setActive(store, ACCOUNT, "b");

    expect(await activeSnapshot(store, ACCOUNT)).toBe("b");
    expect((await openBaseline(store, ACCOUNT)).header.name).toBe("b");
  });

  test("must exist", async () => {
    await expect(setActive(store, ACCOUNT, "none")).rejects.toMatchObject({ code: "NO_SNAPSHOT" });
    expect(await activeSnapshot(store, ACCOUNT)).toBeUndefined();
  });

  test("can't be deleted; others can", async () => {
    await writeSnapshot(store, draft("a"), []);
    await writeSnapshot(store, draft("b"), [], { compress: true });
    await setActive(store, ACCOUNT, "a");

    await expect(deleteSnapshot(store, ACCOUNT, "a")).rejects.toMatchObject({ code: "SNAPSHOT_ACTIVE" });
    await deleteSnapshot(store, ACCOUNT, "b");
    await expect(deleteSnapshot(store, ACCOUNT, "b")).rejects.toMatchObject({ code: "NO_SNAPSHOT" });

    expect((await listSnapshots(store, ACCOUNT)).map(({ name, active }) => [name, active])).toEqual([["a", true]]);
  });
});

describe("a damaged snapshot", () => {
  const PATH = `${FOLDER}/base.jsonl`;
  const damage = async (change: (text: string) => string) => store.write(PATH, Buffer.from(change(await stored(PATH))));
  beforeEach(async () => {
    await writeSnapshot(store, draft("base"), [sample("a"), sample("b"), sample("c")]);
  });

  test.each<[string, (text: string) => string, string]>([
    ["cut off within a line", (text) => text.slice(0, -40), "line 4 is cut off"],
    ["cut off between two lines", (text) => text.slice(0, text.trimEnd().lastIndexOf("\n") + 1), "digest differs"],
    ["cut off within the header", (text) => text.slice(0, 100), "line 1 is cut off"],
    ["empty", () => "", "it is empty"],
    ["no JSON in a line", (text) => text.replace('"id":"b"', '"id:"b"'), "line 3: "],
    ["no resource in a line", (text) => text.replace(/\n\{.*?\n/, "\n{}\n"), "line 2: it is no resource"],
    ["changed in a value", (text) => text.replace('"Size":1', '"Size":2'), "digest differs"],
    ["changed in its coverage", (text) => text.replace("complete", "denied"), "digest differs"],
    ["longer by a line", (text) => `${text}{"arn":"z","fingerprint":"z"}\n`, "digest differs"],
    ["without a member of the header", (text) => text.replace('"partition":"aws",', ""), "line 1: partition"],
    ["no header at all", (text) => text.slice(text.indexOf("\n") + 1), "line 1: "],
    ["written by a later version", (text) => text.replace('"schema":1', '"schema":2'), "schema version 2"],
  ])("is refused with the place: %s", async (_, change, place) => {
    await damage(change);

    await expect(resourcesOf("base")).rejects.toMatchObject({
      code: "CORRUPT_SNAPSHOT",
      message: expect.stringContaining(place),
      details: { hint: expect.any(String) },
    });
    await expect(resourcesOf("base")).rejects.toThrow(PATH);
  });

  test("is refused when compressed data is cut off or no brotli at all", async () => {
    const path = `${FOLDER}/small.jsonl.br`;
    await writeSnapshot(
      store,
      draft("small"),
      Array.from({ length: 500 }, (_, index) => sample(`r${index}`)),
      { compress: true },
    );
    const whole = (await readAll(store, path)) as Buffer;
    for (const content of [whole.subarray(0, -10), Buffer.from("no brotli"), brotliCompressSync("{}\n")]) {
      await store.write(path, content);
      await expect(resourcesOf("small")).rejects.toMatchObject({
        code: "CORRUPT_SNAPSHOT",
        message: expect.stringContaining(path),
      });
    }
    await store.write(path, brotliCompressSync(brotliDecompressSync(whole)));
    expect(await resourcesOf("small")).toHaveLength(500);
  });

  test("any flipped bit is seen", async () => {
    const whole = (await readAll(store, PATH)) as Buffer;
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 0, max: 7 }), async (at, bit) => {
        const flipped = Buffer.from(whole);
        flipped[at] = (flipped[at] as number) ^ (1 << bit);
        await store.write(PATH, flipped);

        await expect(resourcesOf("base")).rejects.toMatchObject({ name: "EvenkeelError" });
      }),
      { numRuns: 300 },
    );
  });

  test("names the newest intact one to use instead", async () => {
    const at = (day: number) => ({ startedAt: instant(`2026-04-0${day}T00:00:00Z`) });
    for (const [name, day] of [
      ["older", 1],
      ["newer", 2],
      ["newest", 3],
    ] as const)
      await writeSnapshot(store, draft(name, at(day)), [sample("a"), sample("b")]);
    await damage((text) => text.slice(0, -1));
    const newest = `${FOLDER}/newest.jsonl`;
    await store.write(newest, Buffer.from((await stored(newest)).replace('"Size":1', '"Size":7')));

    await expect(resourcesOf("base")).rejects.toMatchObject({
      details: { hint: expect.stringContaining("use newer,") },
    });
  });

  test("is listed as such beside the others, and can be deleted", async () => {
    await writeSnapshot(store, draft("whole"), []);
    await damage((text) => text.slice(20));

    expect(await listSnapshots(store, ACCOUNT)).toMatchObject([
      { kind: "corrupt", name: "base", problem: expect.stringContaining("line 1") },
      { kind: "readable", name: "whole", active: false, header: { name: "whole" } },
    ]);
    await deleteSnapshot(store, ACCOUNT, "base");
    expect(await listSnapshots(store, ACCOUNT)).toHaveLength(1);
  });

  test("is told from one that a later version has written", async () => {
    await damage((text) => text.replace('"schema":1', '"schema":2'));

    await expect(openSnapshot(store, ACCOUNT, "base")).rejects.toMatchObject({
      details: { hint: expect.stringContaining("update") },
    });
  });
});

test("listing reads no more than the headers", async () => {
  await writeSnapshot(
    store,
    draft("base"),
    Array.from({ length: 5000 }, (_, index) => sample(`r${index}`)),
  );
  let read = 0;
  const counting: Store = {
    ...store,
    read: async (path) => {
      const chunks = await store.read(path);
      return (
        chunks &&
        (async function* () {
          for await (const chunk of chunks) {
            read += chunk.length;
            yield chunk;
          }
        })()
      );
    },
  };

  await listSnapshots(counting, ACCOUNT);

  expect(read).toBeLessThan(5000);
});
