import {
  CreateDomainCommand,
  DeleteDomainCommand,
  OpenSearchClient,
  UpdateDomainConfigCommand,
} from "@aws-sdk/client-opensearch";
import { expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { readScope } from "../scope.ts";
import entry from "./domain.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `search-${letter}`);

const POLICY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"es:*","Resource":"*"}]}';

async function seed({ send, twin }: TestAccount): Promise<readonly string[]> {
  const settings = {
    EngineVersion: "OpenSearch_2.19",
    AccessPolicies: POLICY,
    TagList: [{ Key: "team", Value: "shop" }],
  };
  for (const DomainName of NAMES) await send(OpenSearchClient, new CreateDomainCommand({ DomainName, ...settings }));
  await twin.clock.sleep(3_600_000);
  return NAMES;
}

contractSuite("AWS::OpenSearchService::Domain", {
  seed,
  remove: async ({ send, twin }, DomainName) => {
    await send(OpenSearchClient, new DeleteDomainCommand({ DomainName }));
    await twin.clock.sleep(3_600_000);
  },
  change: ({ send }, DomainName) => {
    const SnapshotOptions = { AutomatedSnapshotStartHour: 3 };
    return send(OpenSearchClient, new UpdateDomainConfigCommand({ DomainName, SnapshotOptions }));
  },
});

it("loses no domain to another one of the same call that is gone", async () => {
  const account = await testAccount();
  await seed(account);
  const gone = {
    kind: "error",
    code: "ResourceNotFoundException",
    message: "Domain not found: x",
    status: 409,
  } as const;
  account.twin.faults = [{ ...gone, operation: "DescribeDomains", times: 1 }];
  const scope = readScope(account.connection, HERE, { signal: new AbortController().signal });
  const seen: string[] = [];
  for await (const { id } of entry.list(scope)) seen.push(id);

  expect(seen).toEqual(NAMES);
});

it("gives the access policy as a document, and an empty one as none", async () => {
  const account = await testAccount();
  await seed(account);
  await account.send(OpenSearchClient, new CreateDomainCommand({ DomainName: "open" }));
  const scope = readScope(account.connection, HERE, { signal: new AbortController().signal });

  expect(await entry.read(scope, "search-a")).toMatchObject({
    configuration: { AccessPolicies: { Statement: [{ Effect: "Deny" }] } },
  });
  expect((await entry.read(scope, "open"))?.configuration).not.toHaveProperty("AccessPolicies");
});

removalSuite("AWS::OpenSearchService::Domain", { seed: async (account) => (await seed(account))[0] ?? "" });

it("is told from a domain that was made anew under its name by its endpoint", async () => {
  const account = await testAccount();
  await seed(account);
  const scope = readScope(account.connection, HERE, { signal: new AbortController().signal });
  const identity = async () => {
    const found = await entry.read(scope, "search-a");
    return found && (await entry.removal.inspect(found, scope)).identity;
  };
  const before = await identity();
  await account.send(OpenSearchClient, new DeleteDomainCommand({ DomainName: "search-a" }));
  await account.twin.clock.sleep(3_600_000);
  await account.send(OpenSearchClient, new CreateDomainCommand({ DomainName: "search-a" }));
  await account.twin.clock.sleep(3_600_000);

  expect(before).toEqual({ endpoint: expect.stringMatching(/search-a-/) });
  expect(await identity()).not.toEqual(before);
});
