import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { memoryBucket } from "./memory-bucket.ts";
import { folderOf, openStore } from "./open.ts";

const noBucket = () => Promise.reject(new Error("no bucket is wanted"));

describe("openStore", () => {
  test.each([
    ["file:./.evenkeel", "./.evenkeel"],
    ["./.evenkeel", "./.evenkeel"],
    ["/var/lib/evenkeel", "/var/lib/evenkeel"],
    ["file:/var/lib/evenkeel", "/var/lib/evenkeel"],
    ["file:///var/lib/even%20keel", "/var/lib/even keel"],
    ["file:~/.evenkeel", join(homedir(), ".evenkeel")],
    ["C:\\evenkeel", "C:\\evenkeel"],
  ])("opens %s as the folder %s", async (url, dir) => {
    expect(folderOf(url)).toBe(dir);
    expect((await openStore(url, noBucket)).url).toBe(url);
  });

  test.each([
    ["s3://my-bucket", "my-bucket", "a"],
    ["s3://my-bucket/", "my-bucket", "a"],
    ["s3://my.bucket/team/x/", "my.bucket", "team/x/a"],
  ])("opens %s in the bucket %s", async (url, name, key) => {
    const bucket = memoryBucket();
    const make = vi.fn(async () => bucket);

    const store = await openStore(url, make);
    await store.write("a", Buffer.from("x"));

    expect(make).toHaveBeenCalledWith(name);
    expect(await bucket.list("")).toEqual([{ path: key, bytes: 1 }]);
    expect(store.url).toBe(url);
  });

  test.each([
    "",
    "file:",
    "gs://bucket",
    "https://bucket.s3.amazonaws.com/x",
    "s3:bucket",
    "s3://",
    "s3://Bad_Name/x",
    "file://host/x",
  ])("refuses %j", async (url) => {
    await expect(openStore(url, noBucket)).rejects.toMatchObject({
      code: "USAGE",
      details: { hint: expect.stringContaining("s3://bucket/prefix") },
    });
  });
});
