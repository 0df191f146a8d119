import * as s3 from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AwsFault } from "../service.ts";
import { answer } from "./answer.ts";
import { type CannedTwin, cannedTwin } from "./canned-twin.ts";
import { twinHandler } from "./handler.ts";
import { rawRequest } from "./raw-requests.ts";
import { clientConfig } from "./sdk-clients.ts";
import { startServer, type TwinServer } from "./server.ts";

const OPERATIONS = Object.keys(s3).flatMap((name) => (name.endsWith("Command") ? [name.replace(/Command$/, "")] : []));
const Bucket = "a-bucket";

describe.each(["handler", "server"])("S3 through the %s", (way) => {
  let canned: CannedTwin;
  let server: TwinServer | undefined;
  let client: s3.S3Client;

  beforeAll(async () => {
    canned = cannedTwin({ namespace: "com.amazonaws.s3", signingName: "s3", operations: OPERATIONS }, async () => s3);
    if (way === "server") server = await startServer(canned.twin);
    client = new s3.S3Client({ ...clientConfig(server?.url ?? twinHandler(canned.twin)) });
  });
  afterAll(() => server?.close());

  const last = () => ({ operation: canned.twin.log.at(-1)?.operation, input: canned.inputs.at(-1) });

  it("gives the location of a bucket, and none for us-east-1", async () => {
    canned.output = { LocationConstraint: "eu-west-1" };
    const there = await client.send(new s3.GetBucketLocationCommand({ Bucket }));
    canned.output = {};
    const here = await client.send(new s3.GetBucketLocationCommand({ Bucket }));

    expect([there.LocationConstraint, here.LocationConstraint]).toEqual(["eu-west-1", undefined]);
  });

  it("gives a policy as the text it is", async () => {
    canned.output = { Policy: '{"Resource":"<&>\\n é"}' };

    expect((await client.send(new s3.GetBucketPolicyCommand({ Bucket }))).Policy).toBe('{"Resource":"<&>\\n é"}');
  });

  it("takes an object's bytes however they are sent, and its checksum", async () => {
    canned.output = { ETag: '"e"' };
    const bytes = new Uint8Array([0, 255, 13, 10]);

    const put = await client.send(
      new s3.PutObjectCommand({ Bucket, Key: "dir/a b+c/é", Body: bytes, Metadata: { owner: "x" } }),
    );

    expect(put.ETag).toBe('"e"');
    expect(last()).toMatchObject({
      operation: "PutObject",
      input: {
        Bucket,
        Key: "dir/a b+c/é",
        Body: "AP8NCg==",
        Metadata: { owner: "x" },
        ContentLength: 4,
        ChecksumCRC32: expect.any(String),
      },
    });
  });

  it("streams an object back", async () => {
    canned.output = {
      Body: Buffer.from("hällo").toString("base64"),
      ContentType: "text/plain",
      LastModified: "2026-01-05T09:00:00.000Z",
    };

    const got = await client.send(new s3.GetObjectCommand({ Bucket, Key: "k" }));

    expect(await got.Body?.transformToString()).toBe("hällo");
    expect(got).toMatchObject({ ContentType: "text/plain", LastModified: new Date("2026-01-05T09:00:00Z") });
  });

  it("answers a head with headers, and its errors by status", async () => {
    canned.output = { ContentLength: 1234, Metadata: { a: "b" } };
    const head = await client.send(new s3.HeadObjectCommand({ Bucket, Key: "k" }));
    canned.output = () => {
      throw new AwsFault("NotFound", "Not Found", 404);
    };
    const missing = client.send(new s3.HeadBucketCommand({ Bucket }));

    await expect(missing).rejects.toMatchObject({ name: "NotFound", $metadata: { httpStatusCode: 404 } });
    expect(head).toMatchObject({ ContentLength: 1234, Metadata: { a: "b" } });
  });

  it("has error shapes of the SDK", async () => {
    canned.output = () => {
      throw new AwsFault("NoSuchBucket", "The specified bucket does not exist");
    };

    const error = await client.send(new s3.ListObjectsV2Command({ Bucket })).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(s3.NoSuchBucket);
    expect(error).toMatchObject({ message: "The specified bucket does not exist", $metadata: { httpStatusCode: 404 } });
  });

  it.each([
    ["ListBuckets", new s3.ListBucketsCommand({})],
    ["CreateBucket", new s3.CreateBucketCommand({ Bucket })],
    ["DeleteBucket", new s3.DeleteBucketCommand({ Bucket })],
    ["ListObjects", new s3.ListObjectsCommand({ Bucket })],
    ["ListObjectsV2", new s3.ListObjectsV2Command({ Bucket })],
    ["ListObjectVersions", new s3.ListObjectVersionsCommand({ Bucket })],
    ["GetBucketTagging", new s3.GetBucketTaggingCommand({ Bucket })],
    ["DeleteBucketTagging", new s3.DeleteBucketTaggingCommand({ Bucket })],
    ["GetObjectTagging", new s3.GetObjectTaggingCommand({ Bucket, Key: "tagging" })],
    ["DeleteObject", new s3.DeleteObjectCommand({ Bucket, Key: "a/" })],
    ["ListMultipartUploads", new s3.ListMultipartUploadsCommand({ Bucket })],
    ["CreateMultipartUpload", new s3.CreateMultipartUploadCommand({ Bucket, Key: "k" })],
    ["UploadPart", new s3.UploadPartCommand({ Bucket, Key: "k", PartNumber: 1, UploadId: "u", Body: "x" })],
    ["AbortMultipartUpload", new s3.AbortMultipartUploadCommand({ Bucket, Key: "k", UploadId: "u" })],
    ["GetBucketAnalyticsConfiguration", new s3.GetBucketAnalyticsConfigurationCommand({ Bucket, Id: "i" })],
    ["ListBucketAnalyticsConfigurations", new s3.ListBucketAnalyticsConfigurationsCommand({ Bucket })],
  ])("understands %s", async (operation, command) => {
    canned.output = {};

    await client.send(command as s3.ListBucketsCommand);

    expect(last().operation).toBe(operation);
  });
});

describe("S3 requests of other clients, which do not name their operation", () => {
  const canned = cannedTwin(
    { namespace: "com.amazonaws.s3", signingName: "s3", operations: OPERATIONS },
    async () => s3,
  );
  const asked = async (method: string, path: string, rest: Parameters<typeof rawRequest>[1] = {}) => {
    await answer(canned.twin, rawRequest("s3", { method, path, ...rest }));
    return canned.twin.log.at(-1)?.operation;
  };

  it("are told apart by what their operation requires", async () => {
    expect(await asked("GET", "/")).toBe("ListBuckets");
    expect(await asked("PUT", "/b/k")).toBe("PutObject");
    expect(await asked("PUT", "/b/k", { headers: { "x-amz-copy-source": "/b/o" } })).toBe("CopyObject");
    expect(await asked("PUT", "/b/k", { query: { partNumber: ["1"], uploadId: ["u"] } })).toBe("UploadPart");
    expect(await asked("GET", "/b/k", { query: { uploadId: ["u"] } })).toBe("ListParts");
    expect(await asked("DELETE", "/b/k", { query: { tagging: [""] } })).toBe("DeleteObjectTagging");
    expect(await asked("GET", "/b", { query: { analytics: [""], id: ["i"] } })).toBe("GetBucketAnalyticsConfiguration");
    expect(await asked("GET", "/b/", { query: { "list-type": ["2"] } })).toBe("ListObjectsV2");
  });

  it("may have the bucket in the host name", async () => {
    await asked("GET", "/k", { headers: { host: "a.bucket.s3.eu-west-1.amazonaws.com" } });
    await asked("GET", "/k", { headers: { host: "b-2.localhost:4566" } });

    expect(canned.inputs.slice(-2)).toMatchObject([
      { Bucket: "a.bucket", Key: "k" },
      { Bucket: "b-2", Key: "k" },
    ]);
  });

  it("may come in signed chunks", async () => {
    const headers = {
      "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
      "content-encoding": "aws-chunked",
      "content-length": "99",
    };

    await asked("PUT", "/b/k", { headers, body: "2;chunk-signature=a\r\nhi\r\n0;chunk-signature=b\r\n\r\n" });

    expect(canned.inputs.at(-1)).toEqual({ Bucket: "b", Key: "k", Body: "aGk=", ContentLength: 2 });
  });
});
