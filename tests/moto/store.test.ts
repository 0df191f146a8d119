import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openBucket, s3Bucket } from "../../src/aws/bucket.ts";
import { httpHandler } from "../../src/aws/http.ts";
import { connect } from "../../src/aws/session.ts";
import { systemClock } from "../../src/io/system-clock.ts";
import { describeStore } from "../../src/store/conformance.ts";
import { s3Store } from "../../src/store/s3.ts";
import { readAll } from "../../src/store/store.ts";
import { describeMoto, type MotoServer, startMoto } from "./environment.ts";

describeMoto("the SDK's bucket", () => {
  let moto: MotoServer;
  let client: S3Client;
  let made = 0;
  beforeAll(async () => {
    moto = await startMoto({ strict: true });
    vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
    const endpoint = { endpoint: moto.url, forcePathStyle: true };
    client = new S3Client({ region: "us-east-1", requestHandler: httpHandler(), ...endpoint });
  });
  afterAll(() => moto.stop());
  const freshBucket = async () => {
    const name = `store-${++made}`;
    await client.send(new CreateBucketCommand({ Bucket: name }));
    return name;
  };

  describeStore("an S3 bucket of moto", async () => {
    const name = await freshBucket();
    const open = () => s3Store(`s3://${name}/team/x`, s3Bucket(client, name));
    return { store: open(), again: open() };
  });

  test("takes its own object for its own when only the answer to the first attempt got lost", async () => {
    const name = await freshBucket();
    const forgetful = Object.assign(Object.create(client) as S3Client, { send: lossy(client) });

    expect(await s3Bucket(forgetful, name).put("a", Buffer.from("x"), { ifNoneMatch: true })).toBe(true);
    expect(await s3Bucket(client, name).put("a", Buffer.from("y"), { ifNoneMatch: true })).toBe(false);
  });

  test("says what to do when the bucket does not exist", async () => {
    await expect(s3Store("s3://no-such-bucket", s3Bucket(client, "no-such-bucket")).list("")).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringContaining("does not exist"),
      details: { hint: expect.stringContaining("create it") },
    });
  });

  test("is reached through a governed connection, wherever it is", async () => {
    const name = "store-elsewhere";
    const where = { LocationConstraint: "eu-west-1" } as const;
    await client.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: where }));
    const { signal } = new AbortController();
    const connection = await connect({ clock: systemClock, signal, endpoint: moto.url, region: "us-east-1" });

    await s3Store(`s3://${name}/x`, s3Bucket(client, name)).write("a", Buffer.from("x"));

    const store = s3Store(`s3://${name}/x`, await openBucket(connection, name));

    expect(await store.list("")).toEqual([{ path: "a", bytes: 1 }]);
    expect(String(await readAll(store, "a"))).toBe("x");
    expect(await store.read("b")).toBeUndefined();
  });
});

/** Sends each put twice and forgets the first answer, as a retry after a broken connection does. */
function lossy(client: S3Client): S3Client["send"] {
  return (async (command: never) => {
    if ((command as object) instanceof PutObjectCommand) await client.send(command);
    return client.send(command);
  }) as never;
}
