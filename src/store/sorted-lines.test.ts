import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { anyResource, collect } from "../../tests/store/sample.ts";
import { resourceLine } from "./resource-line.ts";
import { sortLines } from "./sorted-lines.ts";

const text = async (chunks: AsyncIterable<Uint8Array>) => Buffer.concat(await collect(chunks)).toString();

test("sorting in runs on the disk gives the same as sorting in memory, with later doubles in place of earlier ones", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyResource, { maxLength: 60 }),
      fc.integer({ min: 1, max: 3000 }),
      async (all, runBytes) => {
        const last = [...new Map(all.map((each) => [each.arn, each])).values()];
        const expected = last.sort((a, b) => (a.arn < b.arn ? -1 : 1)).map((each) => `${resourceLine(each)}\n`);
        const counts: Record<string, number> = {};
        for (const { type } of last) counts[type] = (counts[type] ?? 0) + 1;

        const sorted = await sortLines(all, runBytes);

        expect(await text(sorted.chunks())).toBe(expected.join(""));
        expect(await text(sorted.chunks())).toBe(expected.join(""));
        expect(Object.fromEntries(Object.entries(sorted.counts).filter(([, count]) => count > 0))).toEqual(counts);
        await sorted.close();
      },
    ),
  );
});

test("nothing is left on the disk, also when the scan fails in the middle", async () => {
  const dir = await mkdtemp(join(tmpdir(), "evenkeel-test-"));
  vi.stubEnv("TMPDIR", dir);
  const failing = async function* () {
    yield* fc.sample(anyResource, 50);
    throw new Error("the scan stopped");
  };

  await expect(sortLines(failing(), 500)).rejects.toThrow("the scan stopped");
  const sorted = await sortLines(fc.sample(anyResource, 50), 500);
  expect(await readdir(dir)).toHaveLength(1);
  await sorted.close();

  expect(await readdir(dir)).toEqual([]);
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true });
});
