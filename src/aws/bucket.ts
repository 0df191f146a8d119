import { randomUUID } from "node:crypto";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from "@aws-sdk/client-s3";
import { type AccountId, isRegion, type Region } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { ObjectBucket } from "../store/bucket.ts";
import type { Connection } from "./connection.ts";
import { translate } from "./errors.ts";

/** S3's greatest. */
const PAGE = 1000;
/** Two writers at the same instant: S3 says 409 and asks to try again. */
const CONFLICT_ATTEMPTS = 3;

export interface BucketOptions {
  /** The account that owns the bucket, when it is known: nothing is written into a stranger's bucket of the same name. */
  readonly owner?: AccountId;
}

/** A bucket, reached with a connection's credentials in the bucket's own region. It may be another account's. */
export async function openBucket(connection: Connection, bucket: string): Promise<ObjectBucket> {
  const { defaultRegion } = connection;
  // The write lane for reading, too: a scan must not keep its own store waiting.
  const client = connection.client(S3Client, defaultRegion, "write");
  const region = await regionOf(client, bucket);
  return s3Bucket(region ? connection.client(S3Client, region, "write") : client, bucket);
}

/** S3 tells a bucket's region even where it refuses everything else. */
async function regionOf(client: S3Client, bucket: string): Promise<Region | undefined> {
  const told = await client.send(new HeadBucketCommand({ Bucket: bucket })).then(
    (answer) => answer.BucketRegion,
    // Why it can't be used is told by the first call that needs it.
    (error: EvenkeelError) => headerOf(error.details?.cause ?? error, "x-amz-bucket-region"),
  );
  return told !== undefined && isRegion(told) ? told : undefined;
}

function headerOf(error: unknown, name: string): string | undefined {
  return (error as { $response?: { headers?: Record<string, string> } }).$response?.headers?.[name];
}

/**
 * A bucket as stores need it, on a client whose region is the bucket's. Encryption is left to the bucket's default.
 * Loads the S3 client: import it where a bucket is really opened.
 */
export function s3Bucket(client: S3Client, bucket: string, { owner }: BucketOptions = {}): ObjectBucket {
  const at = { Bucket: bucket, ...(owner === undefined ? {} : { ExpectedBucketOwner: owner }) };
  const call = async <T>(operation: string, send: () => Promise<T>): Promise<T> => {
    try {
      return await send();
    } catch (error) {
      throw bucketFailure(translate(error, { service: "s3", operation }, `bucket ${bucket}`), bucket);
    }
  };

  /* A repeated call can meet the object that its own first attempt has written, when only the answer got lost. */
  const isOurs = async (key: string, writer: string): Promise<boolean> => {
    const { Metadata } = await call("HeadObject", () => client.send(new HeadObjectCommand({ ...at, Key: key })));
    return Metadata?.["evenkeel-writer"] === writer;
  };

  const put: ObjectBucket["put"] = async (key, body, { ifNoneMatch }) => {
    const writer = randomUUID();
    const condition = ifNoneMatch ? { IfNoneMatch: "*" } : {};
    const input = { ...at, Key: key, Body: body, Metadata: { "evenkeel-writer": writer }, ...condition };
    for (let attempt = 1; ; attempt++) {
      try {
        await call("PutObject", () => client.send(new PutObjectCommand(input)));
        return true;
      } catch (error) {
        const { awsCode } = (error as EvenkeelError).details;
        if (ifNoneMatch && awsCode === "PreconditionFailed") return isOurs(key, writer);
        if (awsCode !== "ConditionalRequestConflict" || attempt === CONFLICT_ATTEMPTS) throw error;
      }
    }
  };

  return {
    put,
    get: async (key) => {
      try {
        const { Body } = await call("GetObject", () => client.send(new GetObjectCommand({ ...at, Key: key })));
        return body(Body as AsyncIterable<Uint8Array>, call);
      } catch (error) {
        if ((error as EvenkeelError).details.awsCode === "NoSuchKey") return undefined;
        throw error;
      }
    },
    list: (prefix) =>
      call("ListObjectsV2", async () => {
        const objects: { path: string; bytes: number }[] = [];
        const pages = paginateListObjectsV2({ client, pageSize: PAGE }, { ...at, Prefix: prefix });
        for await (const { Contents = [] } of pages)
          for (const { Key = "", Size = 0 } of Contents) objects.push({ path: Key, bytes: Size });
        return objects;
      }),
    delete: async (key) => {
      await call("DeleteObject", () => client.send(new DeleteObjectCommand({ ...at, Key: key })));
    },
  };
}

type Call = <T>(operation: string, send: () => Promise<T>) => Promise<T>;

/** A connection can break while a large object is being read. */
async function* body(stream: AsyncIterable<Uint8Array>, call: Call): AsyncIterable<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await call("GetObject", () => chunks.next());
      if (done) return;
      yield value;
    }
  } finally {
    await chunks.return?.();
  }
}

/* What S3 says of the bucket itself, and what a person can do about it. */
const BUCKET_FAILURES: Readonly<Record<string, readonly [why: string, hint: string]>> = {
  NoSuchBucket: ["it does not exist", "create it first, private and versioned, or correct --store"],
  PermanentRedirect: ["it is in another region", "give the bucket's region with --region"],
  AuthorizationHeaderMalformed: ["it is in another region", "give the bucket's region with --region"],
  InvalidBucketName: ["that is no bucket name", "correct --store"],
};

function bucketFailure(error: EvenkeelError, bucket: string): EvenkeelError {
  const [why, hint] = BUCKET_FAILURES[error.details.awsCode ?? ""] ?? [];
  if (why === undefined || hint === undefined) return error;
  return new EvenkeelError("STORE_FAILED", `could not use bucket ${bucket}: ${why}`, { ...error.details, hint });
}
