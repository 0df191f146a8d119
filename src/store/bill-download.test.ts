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
    [
      "legacy CUR",
      "cur/shop/20260101-20260201/0f9de17a-6465-404e-8b1b-2356dc13c2f8/shop-00001.csv.gz",
      "cur/shop/20260101-20260201/51b2c3d4-6465-404e-8b1b-2356dc13c2f8/shop-00001.csv.gz",
    ],
    [
      "data exports",
      "cur/shop/data/BILLING_PERIOD=2026-01/2026-01-15T00:00:00.000Z-0a1b/shop-00001.snappy.parquet",
      "cur/shop/data/BILLING_PERIOD=2026-01/2026-01-16T00:00:00.000Z-0c1d/shop-00001.snappy.parquet",
    ],
  ])("several versions of one month are refused, as its charges would count twice: %s", async (_, old, now) => {
    const places = await bucketOf({ [old]: "1", [now]: "2", "cur/shop/data/BILLING_PERIOD=2026-02/a/1.csv": "3" });

    await expect(localBills(["s3://my-bills/cur/"], places)).rejects.toThrow(/2 versions of/);
    await expect(localBills([`s3://my-bills/${old}`, `s3://my-bills/${now}`], places)).rejects.toThrow(/2 versions of/);
    const bills = await localBills([`s3://my-bills/${now.slice(0, now.lastIndexOf("/") + 1)}`], places);
    expect(bills.paths).toHaveLength(1);
    await bills.close();
  });

  it("an object that is named twice is taken once", async () => {
    const places = await bucketOf({ "cur/jan.csv": "a,b", "cur/feb.csv": "a,b" });
    const bills = await localBills(["s3://my-bills/cur/jan.csv", "s3://my-bills/cur/"], places);

    expect(bills.paths).toHaveLength(2);
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
