import { expect, test } from "vitest";
import { memoryBucket } from "./memory-bucket.ts";
import { s3Store } from "./s3.ts";
import { secretKey } from "./secret-key.ts";

const emptyStore = () => s3Store("s3://bucket/x", memoryBucket());

test("the key is made once and stays", async () => {
  const store = emptyStore();

  const key = await secretKey(store);

  expect(key).toHaveLength(32);
  expect(await secretKey(store)).toEqual(Buffer.from(key));
});

test("many that want the key at once end with the same one", async () => {
  const store = emptyStore();

  const keys = await Promise.all(Array.from({ length: 10 }, () => secretKey(store)));

  expect(new Set(keys.map((key) => Buffer.from(key).toString("hex"))).size).toBe(1);
});

test("two stores have different keys", async () => {
  expect(await secretKey(emptyStore())).not.toEqual(await secretKey(emptyStore()));
});

test("a damaged key is refused and not replaced", async () => {
  const store = emptyStore();
  await store.write("key", Buffer.from("short"));

  await expect(secretKey(store)).rejects.toMatchObject({ code: "STORE_FAILED" });
  await expect(secretKey(store)).rejects.toThrow("5 bytes instead of 32");
});
