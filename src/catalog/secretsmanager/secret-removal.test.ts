import {
  CreateSecretCommand,
  DescribeSecretCommand,
  ReplicateSecretToRegionsCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import type { Found } from "../contract.ts";
import { readScope, writeScope } from "../scope.ts";
import entry from "./secret.ts";

const Name = "orders/db";

async function seed({ send, twin }: TestAccount, members: object = {}): Promise<string> {
  await send(SecretsManagerClient, new CreateSecretCommand({ Name: `${Name}2`, SecretString: "bystander" }));
  await send(SecretsManagerClient, new CreateSecretCommand({ Name, SecretString: "correct horse" }));
  const rows = twin.world.accounts["111111111111"]?.regions[HERE]?.["secretsmanager.secret"] as unknown as Record<
    string,
    { secret: object }
  >;
  Object.assign(rows[Name]?.secret ?? {}, members);
  return Name;
}

removalSuite("AWS::SecretsManager::Secret", {
  seed,
  refused: [
    { seed: (account) => seed(account, { OwningService: "rds" }), because: /rds made it/ },
    { seed: (account) => seed(account, { PrimaryRegion: "us-east-1" }), because: /replica of the secret in us-east-1/ },
    {
      seed: async (account) => {
        const id = await seed(account);
        const AddReplicaRegions = [{ Region: "us-east-1" }];
        const command = new ReplicateSecretToRegionsCommand({ SecretId: id, AddReplicaRegions });
        await account.send(SecretsManagerClient, command);
        return id;
      },
      because: /replicas in us-east-1/,
    },
  ],
});

it("leaves thirty days to change one's mind, and takes a second call for the first", async () => {
  const account = await testAccount();
  const { signal } = new AbortController();
  const reading = readScope(account.connection, HERE, { signal });
  const writing = writeScope(account.connection, HERE, { signal });
  const SecretId = await seed(account);
  const found = (await entry.read(reading, SecretId)) as Found;
  await entry.removal.remove(writing, found);
  await entry.removal.remove(writing, found);
  const { DeletedDate } = await account.send(SecretsManagerClient, new DescribeSecretCommand({ SecretId }));
  expect(DeletedDate?.getTime()).toBe(account.twin.clock.now() + 30 * 24 * 3_600_000);

  expect(await entry.read(reading, SecretId)).toBeUndefined();
  await account.send(SecretsManagerClient, new RestoreSecretCommand({ SecretId }));
  expect((await entry.read(reading, SecretId))?.id).toBe(SecretId);
});
