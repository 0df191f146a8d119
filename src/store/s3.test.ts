import { expect, test } from "vitest";
import { describeStore } from "./conformance.ts";
import { memoryBucket } from "./memory-bucket.ts";
import { s3Store } from "./s3.ts";

describeStore("a bucket", async () => {
  const bucket = memoryBucket();
  return { store: s3Store("s3://bucket/team/x", bucket), again: s3Store("s3://bucket/team/x/", bucket) };
});

test("two stores in one bucket do not see each other, even when one's prefix begins with the other's", async () => {
  const bucket = memoryBucket();
  await s3Store("s3://bucket/team", bucket).write("a", Buffer.from("1"));
  await s3Store("s3://bucket/team-b", bucket).write("b", Buffer.from("2"));

  expect(await s3Store("s3://bucket/team", bucket).list("")).toEqual([{ path: "a", bytes: 1 }]);
});

test("a store without prefix writes at the bucket's root", async () => {
  const bucket = memoryBucket();
  await s3Store("s3://bucket", bucket).write("a/b", Buffer.from("1"));

  expect(await bucket.list("")).toEqual([{ path: "a/b", bytes: 1 }]);
});
