import { CancelKeyDeletionCommand, CreateKeyCommand, DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import type { Found } from "../contract.ts";
import { readScope, writeScope } from "../scope.ts";
import entry from "./key.ts";

async function seed({ send, twin }: TestAccount, members: object = {}): Promise<string> {
  await send(KMSClient, new CreateKeyCommand({ Description: "bystander" }));
  const { KeyMetadata } = await send(KMSClient, new CreateKeyCommand({ Description: "orders" }));
  const id = KeyMetadata?.KeyId ?? "";
  const rows = twin.world.accounts["111111111111"]?.regions[HERE]?.["kms.key"] as unknown as Record<
    string,
    { metadata: object }
  >;
  Object.assign(rows[id]?.metadata ?? {}, members);
  return id;
}

removalSuite("AWS::KMS::Key", {
  seed,
  refused: [
    { seed: (account) => seed(account, { KeyManager: "AWS" }), because: /key of AWS's own/ },
    {
      seed: (account) => {
        const ReplicaKeys = [{ Arn: "arn:aws:kms:us-east-1:111111111111:key/mrk-1", Region: "us-east-1" }];
        const MultiRegionConfiguration = { MultiRegionKeyType: "PRIMARY", ReplicaKeys };
        return seed(account, { MultiRegion: true, MultiRegionConfiguration });
      },
      because: /replicas in us-east-1 go first/,
    },
  ],
});

async function scheduled() {
  const account = await testAccount();
  const id = await seed(account);
  const { signal } = new AbortController();
  const reading = readScope(account.connection, HERE, { signal });
  const writing = writeScope(account.connection, HERE, { signal });
  const found = (await entry.read(reading, id)) as Found;
  await entry.removal.remove(writing, found);
  return { account, id, found, reading, writing };
}

it("leaves thirty days to change one's mind, and takes a second call for the first", async () => {
  const { account, id, found, reading, writing } = await scheduled();
  await entry.removal.remove(writing, found);
  const { KeyMetadata } = await account.send(KMSClient, new DescribeKeyCommand({ KeyId: id }));
  expect(KeyMetadata?.DeletionDate?.getTime()).toBe(account.twin.clock.now() + 30 * 24 * 3_600_000);

  expect(await entry.read(reading, id)).toBeUndefined();
  await account.send(KMSClient, new CancelKeyDeletionCommand({ KeyId: id }));
  expect((await entry.read(reading, id))?.id).toBe(id);
});

it("does not remove a key of which nothing is known", () => {
  const unseen: Found = { id: "k", tags: {}, configuration: {}, unknown: [{ path: "*", reason: "denied" }] };

  expect(entry.removal.inspect(unseen, undefined as never)).toMatchObject({
    refuses: expect.stringContaining("nothing"),
  });
});
