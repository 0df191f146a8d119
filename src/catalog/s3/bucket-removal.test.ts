import {
  CreateBucketCommand,
  type CreateBucketCommandInput,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { region } from "../../model/brand.ts";
import type { Found } from "../contract.ts";
import { readScope, writeScope } from "../scope.ts";
import entry from "./bucket.ts";

const Bucket = "orders";
const DAY_MS = 24 * 3_600_000;

const put = ({ send }: TestAccount, Key: string, more: object = {}) =>
  send(S3Client, new PutObjectCommand({ Bucket, Key, Body: Buffer.from(Key), ...more }));

async function made(account: TestAccount, more: Partial<CreateBucketCommandInput> = {}): Promise<string> {
  const CreateBucketConfiguration = { LocationConstraint: HERE } as never;
  await account.send(S3Client, new CreateBucketCommand({ Bucket: "orders-2", CreateBucketConfiguration }));
  await account.send(S3Client, new PutObjectCommand({ Bucket: "orders-2", Key: "a", Body: Buffer.from("bystander") }));
  await account.send(S3Client, new CreateBucketCommand({ Bucket, CreateBucketConfiguration, ...more }));
  return Bucket;
}

const versioned = ({ send }: TestAccount, more: object = {}) =>
  send(S3Client, new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled", ...more } }));

const KEYS = ["plain", "with space", "a+b", "100%", "ä/ö", "<&>", "new\nline"];

/** One of everything: null versions, versions, delete markers, an unfinished upload, and keys that are hard to write. */
async function filled(account: TestAccount): Promise<string> {
  await made(account);
  for (const key of KEYS) await put(account, key);
  await versioned(account);
  for (const key of KEYS) await put(account, key);
  await account.send(S3Client, new DeleteObjectCommand({ Bucket, Key: "plain" }));
  await account.send(S3Client, new DeleteObjectCommand({ Bucket, Key: "never there" }));
  await account.send(S3Client, new CreateMultipartUploadCommand({ Bucket, Key: "big file+" }));
  return Bucket;
}

removalSuite("AWS::S3::Bucket", {
  seed: filled,
  prepares: ["empty"],
  unusedActions: { "s3:DeleteObject": "a version is always named, which AWS calls s3:DeleteObjectVersion" },
  refused: [
    {
      seed: async (account) => {
        const id = await made(account, { ObjectLockEnabledForBucket: true });
        await put(account, "a");
        return id;
      },
      because: /object lock is on/,
    },
    {
      seed: async (account) => {
        const id = await made(account);
        await versioned(account, { MFADelete: "Enabled" });
        await put(account, "a");
        return id;
      },
      because: /MFA delete is on/,
    },
  ],
});

async function tried(seed: (account: TestAccount) => Promise<unknown>) {
  const account = await testAccount();
  await seed(account);
  const { signal } = new AbortController();
  const reading = readScope(account.connection, HERE, { signal });
  const writing = writeScope(account.connection, HERE, { signal });
  const found = (await entry.read(reading, Bucket)) as Found;
  return { account, reading, writing, found };
}

describe("emptying a bucket", () => {
  it("takes three thousand objects with their versions and delete markers, a thousand a call", async () => {
    const { account, reading, writing, found } = await tried(async (seeding) => {
      await made(seeding);
      await versioned(seeding);
      for (let number = 0; number < 3000; number++) await put(seeding, `key-${number}`);
      for (let number = 0; number < 3000; number += 10)
        await seeding.send(S3Client, new DeleteObjectCommand({ Bucket, Key: `key-${number}` }));
    });
    account.calls.length = 0;
    await entry.removal.prepare?.(writing, found, "empty");

    expect(account.calls.filter((call) => call === "s3:DeleteObjects")).toHaveLength(4);
    expect((await entry.removal.inspect(found, reading)).needs).toBeUndefined();
    await entry.removal.remove(writing, found);
    expect(await entry.read(reading, Bucket)).toBeUndefined();
  });

  it("fails where S3 says success and has left a version, and says which and why", async () => {
    const { account, reading, writing, found } = await tried(async (seeding) => {
      await made(seeding);
      await versioned(seeding);
      await put(seeding, "free");
      const until = new Date(seeding.twin.clock.now() + DAY_MS);
      await put(seeding, "locked", { ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate: until });
    });
    const outcome = entry.removal.prepare?.(writing, found, "empty");

    await expect(outcome).rejects.toMatchObject({
      message: expect.stringMatching(/1 of 2 versions were not deleted; locked: AccessDenied.*object lock/),
      details: { awsCode: "AccessDenied" },
    });
    const left = await account.send(S3Client, new ListObjectVersionsCommand({ Bucket }));
    expect(left.Versions?.map(({ Key }) => Key)).toEqual(["locked"]);
    expect((await entry.removal.inspect(found, reading)).needs).toEqual(["empty"]);
  });

  it("sees a bucket in which only a delete marker is left as not empty", async () => {
    const { reading, found } = await tried(async (seeding) => {
      await made(seeding);
      await versioned(seeding);
      await seeding.send(S3Client, new DeleteObjectCommand({ Bucket, Key: "gone" }));
    });

    expect((await entry.removal.inspect(found, reading)).needs).toEqual(["empty"]);
  });

  it("says that the objects are lost, and does not say so of uploads that were never completed", async () => {
    const { account, reading, found } = await tried(made);
    await account.send(S3Client, new CreateMultipartUploadCommand({ Bucket, Key: "big" }));
    expect((await entry.removal.inspect(found, reading)).loses).toEqual([]);
    await put(account, "a");

    expect((await entry.removal.inspect(found, reading)).loses).toEqual([expect.stringMatching(/all objects/)]);
  });

  it("needs nothing and deletes nothing in an empty bucket, also where its object lock is on", async () => {
    const { reading, found } = await tried((seeding) => made(seeding, { ObjectLockEnabledForBucket: true }));

    expect(await entry.removal.inspect(found, reading)).toEqual({ identity: expect.anything(), words: "empty" });
  });

  it("does not go on where it could not see whether the bucket has versions", async () => {
    const { reading, found } = await tried((seeding) => made(seeding));
    const unknown = [{ path: "Versioning", reason: "denied: s3:GetBucketVersioning" }];

    expect((await entry.removal.inspect({ ...found, unknown }, reading)).refuses).toMatch(/versioning/);
  });
});

it("has nothing to do with a bucket of the same account in another region", async () => {
  const { account, reading } = await tried((seeding) => made(seeding));
  const elsewhere = region("us-east-1");
  await account.send(S3Client, new CreateBucketCommand({ Bucket: "far" }), elsewhere);

  expect(await entry.read(reading, "far")).toBeUndefined();
  await account.send(S3Client, new HeadBucketCommand({ Bucket: "far" }), elsewhere);
});
