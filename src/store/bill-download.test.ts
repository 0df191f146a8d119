import { readdir, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { localBills } from "./bill-download.ts";
import { memoryBucket } from "./memory-bucket.ts";

const { signal } = new AbortController();

async function bucketOf(objects: Readonly<Record<string, string>>) {
  const bucket = memoryBucket();
  for (const [key, text] of Object.entries(objects)) await bucket.put(key, Buffer.from(text), { ifNoneMatch: false });
  return { openBucket: async () => bucket, signal };
}

describe("bills in buckets", () => {
  it("are copied where only their owner reads them, and removed at the end", async () => {
    const places = await bucketOf({ "cur/jan.csv": "a,b" });
    const bills = await localBills(["s3://my-bills/cur/jan.csv", "/local/one.csv"], places);
    const [copy = "", local] = bills.paths;

    expect(await readFile(copy, "utf8")).toBe("a,b");
    expect((await stat(copy)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(copy))).mode & 0o777).toBe(0o700);
    expect(local).toBe("/local/one.csv");
    await bills.close();
    await expect(readdir(dirname(copy))).rejects.toThrow("ENOENT");
  });

  it("below a prefix all are taken, but no manifests", async () => {
    const places = await bucketOf({
      "cur/data/BILLING_PERIOD=2026-01/part-1.snappy.parquet": "1",
      "cur/data/BILLING_PERIOD=2026-02/part-1.snappy.parquet": "2",
      "cur/metadata/manifest.json": "{}",
      "other/x.csv": "3",
    });
    const bills = await localBills(["s3://my-bills/cur/"], places);

    expect(await Promise.all(bills.paths.map((path) => readFile(path, "utf8")))).toEqual(["1", "2"]);
    await bills.close();
  });

  it.each([
    ["s3://my-bills", /names no object/],
    ["s3://my-bills/nothing/", /no .parquet, .csv or .csv.gz/],
    ["s3://my-bills/no.csv", /there is no object s3:\/\/my-bills\/no.csv/],
  ])("%s is refused, and nothing is left", async (url, message) => {
    await expect(localBills([url], await bucketOf({}))).rejects.toThrow(message);
  });

  it("a local file needs no bucket", async () => {
    const openBucket = () => Promise.reject(new Error("no bucket is asked for"));
    expect((await localBills(["here.csv"], { openBucket, signal })).paths).toEqual(["here.csv"]);
  });
});
