import {
  CreateDBClusterCommand,
  type CreateDBClusterMessage,
  CreateDBInstanceCommand,
  DescribeDBInstancesCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { describe, expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import type { ResourceType } from "../../model/resource.ts";
import type { Pause } from "../contract.ts";
import { loadEntry } from "../registry.ts";
import { writeScope } from "../scope.ts";

const DBClusterIdentifier = "catalogue";

async function empty(
  account: TestAccount,
  Engine: string,
  more: Partial<CreateDBClusterMessage> = {},
): Promise<string> {
  await account.send(RDSClient, new CreateDBClusterCommand({ DBClusterIdentifier, Engine, ...more }));
  return DBClusterIdentifier;
}

async function create(
  account: TestAccount,
  Engine: string,
  more: Partial<CreateDBClusterMessage> = {},
): Promise<string> {
  await empty(account, Engine, more);
  for (const DBInstanceIdentifier of ["catalogue-1", "catalogue-2"]) {
    const member = { DBInstanceIdentifier, DBClusterIdentifier, DBInstanceClass: "db.r6g.large", Engine };
    await account.send(RDSClient, new CreateDBInstanceCommand(member));
  }
  return DBClusterIdentifier;
}

const SOURCE = "arn:aws:rds:eu-west-1:111111111111:cluster:other";

describe.each([
  ["docdb", "AWS::DocDB::DBCluster", "DocumentDB"],
  ["neptune", "AWS::Neptune::DBCluster", "Neptune"],
] as const satisfies readonly (readonly [string, ResourceType, string])[])("%s", (engine, type, service) => {
  pauseSuite(type, {
    seed: (account) => create(account, engine),
    keeps: [
      {
        why: new RegExp(`global database world: ${service} does not stop`),
        seed: (account) => create(account, engine, { GlobalClusterIdentifier: "world" }),
      },
      {
        why: /replicates arn:/,
        seed: (account) => create(account, engine, { ReplicationSourceIdentifier: SOURCE }),
      },
      { why: /nothing runs in it/, seed: (account) => empty(account, engine) },
    ],
  });

  it("stops and starts its instances with it, and AWS starts it after a week", async () => {
    const account = await testAccount();
    const id = await create(account, engine);
    const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
    const pause = (await loadEntry(type)).pause as Pause;
    const statuses = async (days: number) => {
      await account.twin.clock.sleep(days * 24 * 3_600_000);
      const answer = await account.send(RDSClient, new DescribeDBInstancesCommand({}));
      return answer.DBInstances?.map(({ DBInstanceStatus }) => DBInstanceStatus);
    };

    await pause.stop(scope, id, {});
    expect(await statuses(1)).toEqual(["stopped", "stopped"]);
    await pause.resume(scope, id, {});
    expect(await statuses(1)).toEqual(["available", "available"]);
    await pause.stop(scope, id, {});
    await statuses(7);
    expect((await pause.capture(scope, id))?.words).not.toBe("stopped");
  });
});
