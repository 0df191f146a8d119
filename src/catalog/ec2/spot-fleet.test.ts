import {
  CancelSpotFleetRequestsCommand,
  CreateKeyPairCommand,
  CreateSecurityGroupCommand,
  DescribeSpotInstanceRequestsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { describe, expect, it } from "vitest";
import { HERE } from "../../../tests/contract/account.ts";
import { planOf, removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { executeRemoval } from "../../verbs/removal/execute.ts";
import { readScope, writeScope } from "../scope.ts";
import { defaultNetwork, ownNetwork, seven, tag } from "./ec2.trial.ts";
import { fleetTrial, IMAGE_ID, membersOf, spotFleet } from "./fleet.trial.ts";
import entry from "./spot-fleet.ts";

const TYPE = "AWS::EC2::SpotFleet";
const TAG = "aws:ec2spot:fleet-request-id";

contractSuite(TYPE, {
  seed: (account) => seven(() => spotFleet(account, 0)),
  remove: ({ send }, id) =>
    send(EC2Client, new CancelSpotFleetRequestsCommand({ SpotFleetRequestIds: [id], TerminateInstances: false })),
  change: tag,
});

removalSuite(TYPE, {
  // Empty: what its members take along, such as disks, is read only where their types are selected, too.
  seed: async (account) => {
    await spotFleet(account, 0);
    return spotFleet(account, 0);
  },
});

async function world() {
  const trial = await fleetTrial();
  await defaultNetwork(trial.account);
  const id = await spotFleet(trial.account, 2);
  const { connection } = trial.account;
  const { signal } = trial.context;
  const scope = readScope(connection, HERE, { signal });
  const writing = writeScope(connection, HERE, { signal }, () => undefined);
  const end = (TerminateInstances: boolean) =>
    trial.account.send(
      EC2Client,
      new CancelSpotFleetRequestsCommand({ SpotFleetRequestIds: [id], TerminateInstances }),
    );
  return { ...trial, id, scope, writing, end };
}

describe("the removal of a Spot Fleet request", () => {
  it("takes its members and their Spot requests along, and nobody else's", async () => {
    const { account, context, id } = await world();
    const other = await spotFleet(account, 1);
    const members = await membersOf(account, TAG, id);
    const Filters = [{ Name: "instance-id", Values: members }];
    const told = await account.send(EC2Client, new DescribeSpotInstanceRequestsCommand({ Filters }));
    const requests = (told.SpotInstanceRequests ?? []).map(({ SpotInstanceRequestId = "" }) => SpotInstanceRequestId);
    const plan = await planOf(context, TYPE, [id]);
    await executeRemoval(context, plan);

    expect([members.length, requests.length]).toEqual([2, 2]);
    expect(plan.kept.filter(({ goesWith }) => goesWith).map(({ target }) => target.id)).toEqual(
      expect.arrayContaining([...members, ...requests]),
    );
    expect(await membersOf(account, TAG, id)).toEqual([]);
    expect(await membersOf(account, TAG, other)).toHaveLength(1);
  });

  it("keeps a member and its Spot request while the fleet stays", async () => {
    const { account, context, id } = await world();
    const [member = ""] = await membersOf(account, TAG, id);
    const plan = await planOf(context, "AWS::EC2::Instance", [member]);

    expect(plan.steps).toEqual([]);
    expect(plan.kept.map(({ reason }) => reason)).toEqual([`it belongs to EC2 SpotFleet ${id}, which stays`]);
  });

  it("keeps its role, key pair, group and subnets, of several named in one text, too", async () => {
    const { account, context } = await fleetTrial();
    const networks = [await ownNetwork(account), await ownNetwork(account)];
    const SubnetId = networks.map(({ subnet }) => subnet).join(", ");
    await account.send(EC2Client, new CreateKeyPairCommand({ KeyName: "nightly" }));
    const asked = { GroupName: "nightly", Description: "builds", VpcId: networks[0]?.vpc };
    const { GroupId = "" } = await account.send(EC2Client, new CreateSecurityGroupCommand(asked));
    // A role that Spot Fleet may assume would be kept for that alone.
    const Statement = [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }];
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    const role = new CreateRoleCommand({ RoleName: "spot-fleet", AssumeRolePolicyDocument });
    await account.send(IAMClient, role);
    const id = await spotFleet(account, 0, {
      LaunchSpecifications: [
        { ImageId: IMAGE_ID, InstanceType: "t3.micro", KeyName: "nightly", SecurityGroups: [{ GroupId }], SubnetId },
      ],
    });
    const used = [
      ["AWS::IAM::Role", "spot-fleet"],
      ["AWS::EC2::KeyPair", "nightly"],
      ["AWS::EC2::SecurityGroup", GroupId],
      ...networks.map(({ subnet }) => ["AWS::EC2::Subnet", subnet] as const),
    ] as const;
    for (const [type, wanted] of used) {
      const plan = await planOf(context, type, [wanted]);
      expect(plan.steps, type).toEqual([]);
      expect(plan.kept.map(({ reason }) => reason).join(), type).toContain(`EC2 SpotFleet ${id} uses it, and stays`);
    }
  });

  it("leaves alone one that is being cancelled, and does not know what is cancelled already", async () => {
    const { context, scope, id, end } = await world();
    await end(true);
    const plan = await planOf(context, TYPE, [id]);
    await context.clock.sleep(3_600_000);

    expect(plan.steps).toEqual([]);
    expect(plan.kept.map(({ reason }) => reason)).toEqual(["it is on its way out already: cancelled_terminating"]);
    expect(await entry.read(scope, id)).toBeUndefined();
  });

  it("takes what a cancelled one has left running for nobody's", async () => {
    const { account, context, id, end } = await world();
    const members = await membersOf(account, TAG, id);
    await end(false);
    const plan = await planOf(context, "AWS::EC2::Instance", members);

    expect(plan.steps.map(({ target }) => target.id).sort()).toEqual(members.sort());
  });

  it("throws what AWS refuses in an answer that is a success", async () => {
    const { scope, writing, id, end } = await world();
    const found = await entry.read(scope, id);
    if (!found) throw new Error("no Spot Fleet request");
    await end(true);
    const never = { ...found, id: "sfr-00000000-0000-0000-0000-000000000000" };

    await expect(entry.removal.remove(writing, found)).rejects.toMatchObject({
      details: { awsCode: "fleetRequestNotInCancellableState", isHeld: true },
    });
    await expect(entry.removal.remove(writing, never)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
