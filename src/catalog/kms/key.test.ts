import {
  CreateAliasCommand,
  CreateKeyCommand,
  DisableKeyCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { FAULTS } from "../../twin/faults.ts";
import { readScope } from "../scope.ts";
import entry from "./key.ts";

const DAY_MS = 24 * 3_600_000;

async function seed({ send }: TestAccount): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const letter of ["a", "b", "c", "d", "e", "f", "g"]) {
    const Tags = [{ TagKey: "team", TagValue: "orders" }];
    const { KeyMetadata } = await send(KMSClient, new CreateKeyCommand({ Description: letter, Tags }));
    const TargetKeyId = KeyMetadata?.KeyId ?? "";
    await send(KMSClient, new CreateAliasCommand({ AliasName: `alias/orders-${letter}`, TargetKeyId }));
    ids.push(TargetKeyId);
  }
  return ids;
}

contractSuite("AWS::KMS::Key", {
  seed,
  remove: async ({ send, twin }, KeyId) => {
    await send(KMSClient, new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    await twin.clock.sleep(7 * DAY_MS);
  },
  change: ({ send }, KeyId) => send(KMSClient, new DisableKeyCommand({ KeyId })),
});

it("knows of a key whose policy refuses to have it described, and says that it knows no more", async () => {
  const account = await testAccount();
  const ids = await seed(account);
  account.twin.faults = [{ ...FAULTS.denied, service: "kms", operation: "DescribeKey", times: 1 }];
  const found = [];
  for await (const key of entry.list(readScope(account.connection, HERE, { signal: new AbortController().signal })))
    found.push(key);

  expect(found.map(({ id }) => id)).toEqual(ids);
  expect(found[0]?.unknown).toContainEqual({ path: "*", reason: "denied: kms:DescribeKey" });
});
