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
  remove: ({ send }, KeyId) => send(KMSClient, new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 })),
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

it("calls the rotation unknown, not switched off, where the key's state keeps KMS from telling", async () => {
  const account = await testAccount();
  const [id = ""] = await seed(account);
  const code = "KMSInvalidStateException";
  account.twin.faults = [{ ...FAULTS.serverError, code, status: 400, operation: "GetKeyRotationStatus" }];
  const found = await entry.read(readScope(account.connection, HERE, { signal: new AbortController().signal }), id);

  expect(found?.unknown).toMatchObject([{ path: "Rotation", reason: expect.stringContaining(code) }]);
});

it("reads a key whose aliases may not be listed", async () => {
  const account = await testAccount();
  const [id = ""] = await seed(account);
  account.twin.faults = [{ ...FAULTS.denied, operation: "ListAliases" }];
  const found = await entry.read(readScope(account.connection, HERE, { signal: new AbortController().signal }), id);

  expect(found?.unknown).toEqual([{ path: "Aliases", reason: "denied: kms:ListAliases" }]);
});
