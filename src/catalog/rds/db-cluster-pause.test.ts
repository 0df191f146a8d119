import {
  CreateDBClusterCommand,
  type CreateDBClusterMessage,
  CreateDBInstanceCommand,
  DescribeDBInstancesCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import { writeScope } from "../scope.ts";
import { pause } from "./db-cluster-pause.ts";

const ENGINE = { Engine: "aurora-postgresql" };

async function create({ send }: TestAccount, more: Partial<CreateDBClusterMessage> = {}): Promise<string> {
  const DBClusterIdentifier = "shop";
  await send(RDSClient, new CreateDBClusterCommand({ DBClusterIdentifier, ...ENGINE, ...more }));
  for (const DBInstanceIdentifier of ["shop-1", "shop-2"]) {
    const member = { DBInstanceIdentifier, DBClusterIdentifier, DBInstanceClass: "db.r6g.large" };
    await send(RDSClient, new CreateDBInstanceCommand({ ...member, ...ENGINE, ...(more.Engine ? more : {}) }));
  }
  return DBClusterIdentifier;
}

async function empty({ send }: TestAccount): Promise<string> {
  await send(RDSClient, new CreateDBClusterCommand({ DBClusterIdentifier: "empty", ...ENGINE }));
  return "empty";
}

pauseSuite("AWS::RDS::DBCluster", {
  seed: (account) => create(account),
  keeps: [
    { why: /Multi-AZ DB cluster that is not Aurora/, seed: (account) => create(account, { Engine: "mysql" }) },
    { why: /Serverless v1/, seed: (account) => create(account, { EngineMode: "serverless" }) },
    { why: /global database world/, seed: (account) => create(account, { GlobalClusterIdentifier: "world" }) },
    {
      why: /replicates arn:/,
      seed: (account) =>
        create(account, { ReplicationSourceIdentifier: "arn:aws:rds:eu-west-1:111111111111:cluster:other" }),
    },
    { why: /nothing runs in it/, seed: empty },
  ],
});

it("stops and starts its members with it", async () => {
  const account = await testAccount();
  const id = await create(account);
  const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
  const statuses = async () => {
    await account.twin.clock.sleep(3_600_000);
    const answer = await account.send(RDSClient, new DescribeDBInstancesCommand({}));
    return answer.DBInstances?.map(({ DBInstanceStatus }) => DBInstanceStatus);
  };

  await pause.stop(scope, id, {});
  expect(await statuses()).toEqual(["stopped", "stopped"]);
  await pause.resume(scope, id, {});
  expect(await statuses()).toEqual(["available", "available"]);
});
