import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import { type TestAccount, testAccount } from "../../../../tests/contract/account.ts";
import { region } from "../../../model/brand.ts";

const Bucket = "orders";

async function bucketWith(...keys: string[]): Promise<TestAccount> {
  const account = await testAccount();
  const CreateBucketConfiguration = { LocationConstraint: "eu-west-1" as const };
  await account.send(S3Client, new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  for (const Key of keys) await put(account, Key);
  return account;
}

const put = ({ send }: TestAccount, Key: string, IfNoneMatch?: string) =>
  send(
    S3Client,
    new PutObjectCommand({ Bucket, Key, Body: Buffer.from(Key), ...(IfNoneMatch ? { IfNoneMatch } : {}) }),
  );

it("refuses a second writer that asks for If-None-Match", async () => {
  const account = await bucketWith();

  await put(account, "lock", "*");

  await expect(put(account, "lock", "*")).rejects.toMatchObject({ details: { awsCode: "PreconditionFailed" } });
});

it("gives back a part of an object", async () => {
  const { send } = await bucketWith("0123456789");

  const answer = await send(S3Client, new GetObjectCommand({ Bucket, Key: "0123456789", Range: "bytes=2-4" }));

  expect(await answer.Body?.transformToString()).toBe("234");
  expect(answer.ContentRange).toBe("bytes 2-4/10");
});

it("lists keys in the order of their bytes, page by page, and cuts them at the delimiter", async () => {
  const { send } = await bucketWith("b/1", "a", "b/2", "ä", "c");

  const first = await send(S3Client, new ListObjectsV2Command({ Bucket, Delimiter: "/", MaxKeys: 2 }));
  const ContinuationToken = first.NextContinuationToken;
  const second = await send(
    S3Client,
    new ListObjectsV2Command({ Bucket, Delimiter: "/", MaxKeys: 2, ContinuationToken }),
  );

  expect([first.Contents?.map(({ Key }) => Key), first.CommonPrefixes]).toEqual([["a"], [{ Prefix: "b/" }]]);
  expect([second.Contents?.map(({ Key }) => Key), second.IsTruncated]).toEqual([["c", "ä"], false]);
});

it("answers for a bucket in its own region only, and deletes it only when it is empty", async () => {
  const { send } = await bucketWith("a");
  const elsewhere = region("us-east-1");

  await expect(send(S3Client, new ListObjectsV2Command({ Bucket }), elsewhere)).rejects.toMatchObject({
    details: { awsCode: "PermanentRedirect" },
  });
  await expect(send(S3Client, new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({
    details: { awsCode: "BucketNotEmpty" },
  });
});
