import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { readScope } from "../scope.ts";
import entry from "./secret.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `orders/${letter}`);

async function seed({ send }: TestAccount): Promise<readonly string[]> {
  const settings = { SecretString: "correct horse", Tags: [{ Key: "team", Value: "orders" }] };
  for (const Name of NAMES) await send(SecretsManagerClient, new CreateSecretCommand({ Name, ...settings }));
  return NAMES;
}

contractSuite("AWS::SecretsManager::Secret", {
  seed,
  remove: ({ send }, SecretId) =>
    send(SecretsManagerClient, new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 })),
  change: ({ send }, SecretId) => {
    const Statement = [{ Effect: "Deny", Principal: "*", Action: "secretsmanager:DeleteSecret", Resource: "*" }];
    const ResourcePolicy = JSON.stringify({ Version: "2012-10-17", Statement });
    return send(SecretsManagerClient, new PutResourcePolicyCommand({ SecretId, ResourcePolicy }));
  },
});

it("sees that a secret has another value without reading it", async () => {
  const account = await testAccount();
  await seed(account);
  const scope = readScope(account.connection, HERE, { signal: new AbortController().signal });
  const before = await entry.read(scope, "orders/a");
  const command = new PutSecretValueCommand({ SecretId: "orders/a", SecretString: "battery staple" });
  await account.send(SecretsManagerClient, command);
  const after = await entry.read(scope, "orders/a");

  expect(after?.configuration).not.toEqual(before?.configuration);
  expect(account.calls).not.toContain("secretsmanager:GetSecretValue");
});
