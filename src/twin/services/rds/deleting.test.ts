import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateDBInstanceReadReplicaCommand,
  CreateDBSubnetGroupCommand,
  DeleteDBClusterCommand,
  DeleteDBInstanceCommand,
  DeleteDBSubnetGroupCommand,
  DescribeDBInstancesCommand,
  RDSClient,
  StopDBClusterCommand,
} from "@aws-sdk/client-rds";
import { describe, expect, it } from "vitest";
import { type TestAccount, testAccount } from "../../../../tests/contract/account.ts";

const DBInstanceClass = "db.r6g.large";
const Engine = "aurora-mysql";
const HOUR_MS = 3_600_000;

const refused = (awsCode: string, words: RegExp = /./) => ({
  details: { awsCode },
  message: expect.stringMatching(words),
});

function instance({ send }: TestAccount, DBInstanceIdentifier: string, more: object = {}) {
  return send(
    RDSClient,
    new CreateDBInstanceCommand({ DBInstanceIdentifier, Engine: "postgres", DBInstanceClass, ...more }),
  );
}

function remove({ send }: TestAccount, DBInstanceIdentifier: string, more: object = { SkipFinalSnapshot: true }) {
  return send(RDSClient, new DeleteDBInstanceCommand({ DBInstanceIdentifier, ...more }));
}

describe("the twin's RDS, asked to delete", () => {
  it("takes minutes, and refuses to be asked twice", async () => {
    const account = await testAccount();
    await instance(account, "orders");
    expect((await remove(account, "orders")).DBInstance?.DBInstanceStatus).toBe("deleting");
    await expect(remove(account, "orders")).rejects.toMatchObject(refused("InvalidDBInstanceState", /already being/));
    await account.twin.clock.sleep(HOUR_MS);

    expect((await account.send(RDSClient, new DescribeDBInstancesCommand({}))).DBInstances).toEqual([]);
  });

  it("refuses what is protected, a snapshot of a name that is taken, and one of a replica", async () => {
    const account = await testAccount();
    await instance(account, "safe", { DeletionProtection: true });
    await instance(account, "one");
    await instance(account, "two");
    const replica = { DBInstanceIdentifier: "copy", SourceDBInstanceIdentifier: "two" };
    await account.send(RDSClient, new CreateDBInstanceReadReplicaCommand(replica));
    const FinalDBSnapshotIdentifier = "last";
    await remove(account, "one", { FinalDBSnapshotIdentifier });

    await expect(remove(account, "safe")).rejects.toMatchObject(refused("InvalidParameterCombination", /protected/));
    await expect(remove(account, "two", {})).rejects.toMatchObject(refused("InvalidParameterCombination", /required/));
    await expect(remove(account, "two", { FinalDBSnapshotIdentifier })).rejects.toMatchObject(
      refused("DBSnapshotAlreadyExists"),
    );
    await expect(remove(account, "copy", { FinalDBSnapshotIdentifier: "other" })).rejects.toMatchObject(
      refused("InvalidParameterCombination", /replica/),
    );
  });

  it("refuses a cluster with members, and members of one that is stopped", async () => {
    const account = await testAccount();
    const { send, twin } = account;
    const DBClusterIdentifier = "shop";
    await send(RDSClient, new CreateDBClusterCommand({ DBClusterIdentifier, Engine }));
    await instance(account, "shop-1", { Engine, DBClusterIdentifier });
    const gone = () => send(RDSClient, new DeleteDBClusterCommand({ DBClusterIdentifier, SkipFinalSnapshot: true }));
    await expect(gone()).rejects.toMatchObject(refused("InvalidDBClusterStateFault", /still contains DB instances/));
    await send(RDSClient, new StopDBClusterCommand({ DBClusterIdentifier }));
    await twin.clock.sleep(HOUR_MS);

    await expect(remove(account, "shop-1")).rejects.toMatchObject(
      refused("InvalidDBClusterStateFault", /in stopped state/),
    );
  });

  it("refuses a subnet group that something is in, until that is gone", async () => {
    const account = await testAccount();
    const { send, twin } = account;
    const VpcId = (await send(EC2Client, new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }))).Vpc?.VpcId;
    const subnet = async (zone: string, CidrBlock: string) => {
      const command = new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone: `eu-west-1${zone}` });
      return (await send(EC2Client, command)).Subnet?.SubnetId ?? "";
    };
    const SubnetIds = [await subnet("a", "10.0.0.0/24"), await subnet("b", "10.0.1.0/24")];
    const group = { DBSubnetGroupName: "data", DBSubnetGroupDescription: "data", SubnetIds };
    await send(RDSClient, new CreateDBSubnetGroupCommand(group));
    await instance(account, "orders", { DBSubnetGroupName: "data" });
    const gone = () => send(RDSClient, new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: "data" }));
    await remove(account, "orders");
    await expect(gone()).rejects.toMatchObject(refused("InvalidDBSubnetGroupStateFault", /orders is still using it/));
    await twin.clock.sleep(HOUR_MS);

    await expect(gone()).resolves.toBeDefined();
  });
});
