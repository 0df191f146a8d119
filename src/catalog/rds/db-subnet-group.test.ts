import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateDBClusterCommand,
  CreateDBSubnetGroupCommand,
  DeleteDBSubnetGroupCommand,
  ModifyDBSubnetGroupCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { expect, it } from "vitest";
import { type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { planOf, removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { removalContext } from "./rds.trial.ts";

const TYPE = "AWS::RDS::DBSubnetGroup";

/** RDS's smallest page is twenty. */
const NAMES = Array.from({ length: 21 }, (_, index) => `data-${String(index).padStart(2, "0")}`);

async function subnets({ send }: TestAccount): Promise<string[]> {
  const { Vpc } = await send(EC2Client, new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  const ids: string[] = [];
  for (const [zone, CidrBlock] of [
    ["a", "10.0.0.0/24"],
    ["b", "10.0.1.0/24"],
  ]) {
    const command = new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock, AvailabilityZone: `eu-west-1${zone}` });
    ids.push((await send(EC2Client, command)).Subnet?.SubnetId ?? "");
  }
  return ids;
}

async function create(account: TestAccount, names: readonly string[]): Promise<readonly string[]> {
  const settings = { SubnetIds: await subnets(account), DBSubnetGroupDescription: "private" };
  const Tags = [{ Key: "team", Value: "orders" }];
  for (const DBSubnetGroupName of names)
    await account.send(RDSClient, new CreateDBSubnetGroupCommand({ DBSubnetGroupName, ...settings, Tags }));
  return names;
}

contractSuite(TYPE, {
  seed: (account) => create(account, NAMES),
  remove: ({ send }, DBSubnetGroupName) => send(RDSClient, new DeleteDBSubnetGroupCommand({ DBSubnetGroupName })),
  change: async (account, DBSubnetGroupName) => {
    const change = { DBSubnetGroupName, SubnetIds: await subnets(account) };
    await account.send(RDSClient, new ModifyDBSubnetGroupCommand(change));
  },
});

removalSuite(TYPE, {
  seed: async (account) => (await create(account, ["data", "other"]))[0] ?? "",
  refused: [
    { seed: async (account) => (await create(account, ["default"]))[0] ?? "", because: /default DB subnet group/ },
  ],
});

it.each(["aurora-mysql", "docdb", "neptune"])("stays as long as a %s cluster is in it", async (Engine) => {
  const account = await testAccount();
  await create(account, ["data"]);
  const cluster = { DBClusterIdentifier: "shop", DBSubnetGroupName: "data", Engine };
  await account.send(RDSClient, new CreateDBClusterCommand(cluster));

  const plan = await planOf(removalContext(account), TYPE, ["data"]);

  expect(plan.steps).toEqual([]);
  expect(plan.kept[0]?.reason).toMatch(/DBCluster shop uses it/);
});
