import {
  CancelSpotFleetRequestsCommand,
  DeleteFleetsCommand,
  DescribeFleetsCommand,
  DescribeInstancesCommand,
  DescribeSpotFleetRequestsCommand,
  DescribeSpotInstanceRequestsCommand,
  EC2Client,
  type FleetType,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { type Sendable, testAccount } from "../../../../tests/contract/account.ts";
import { defaultNetwork } from "../../../catalog/ec2/ec2.trial.ts";
import { fleet, membersOf, spotFleet, template } from "../../../catalog/ec2/fleet.trial.ts";

const TAG = "aws:ec2:fleet-id";
const SPOT_TAG = "aws:ec2spot:fleet-request-id";

async function world() {
  const account = await testAccount();
  await defaultNetwork(account);
  await template(account);
  const send = <I extends object, O>(command: Sendable<I, O>): Promise<O> => account.send(EC2Client, command);
  const stateOf = async (id: string) =>
    (await send(new DescribeFleetsCommand({ FleetIds: [id] }))).Fleets?.[0]?.FleetState;
  const spotStateOf = async (id: string) =>
    (await send(new DescribeSpotFleetRequestsCommand({ SpotFleetRequestIds: [id] }))).SpotFleetRequestConfigs?.[0]
      ?.SpotFleetRequestState;
  const remove = (id: string, TerminateInstances: boolean) =>
    send(new DeleteFleetsCommand({ FleetIds: [id], TerminateInstances }));
  const pass = (minutes: number) => account.twin.clock.sleep(minutes * 60_000);
  return { account, send, stateOf, spotStateOf, remove, pass };
}

describe("EC2 Fleets on the twin", () => {
  it("launch of each market what is asked for, and mark it", async () => {
    const { account, send } = await world();
    const TargetCapacitySpecification = { TotalTargetCapacity: 3, SpotTargetCapacity: 1 };
    const id = await fleet(account, 0, { TargetCapacitySpecification });
    const InstanceIds = await membersOf(account, TAG, id);
    const { Reservations = [] } = await send(new DescribeInstancesCommand({ InstanceIds }));
    const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
    const { SpotInstanceRequests } = await send(new DescribeSpotInstanceRequestsCommand({}));
    const { Fleets } = await send(new DescribeFleetsCommand({}));

    expect(instances.map(({ InstanceLifecycle = "on-demand" }) => InstanceLifecycle).sort()).toEqual([
      "on-demand",
      "on-demand",
      "spot",
    ]);
    expect(instances[0]?.Tags?.map(({ Key }) => Key).sort()).toEqual([
      TAG,
      "aws:ec2launchtemplate:id",
      "aws:ec2launchtemplate:version",
    ]);
    expect(SpotInstanceRequests).toMatchObject([{ Tags: [{ Key: TAG, Value: id }] }]);
    expect(Fleets).toMatchObject([{ FleetId: id, FulfilledCapacity: 3, FulfilledOnDemandCapacity: 2 }]);
  });

  it.each<[FleetType, number]>([
    ["maintain", 2],
    ["request", 1],
    ["instant", 1],
  ])("of type %s have %i of 2 instances after one was terminated", async (Type, left) => {
    const { account, send } = await world();
    const id = await fleet(account, 2, { Type });
    const [first = ""] = await membersOf(account, TAG, id);
    await send(new TerminateInstancesCommand({ InstanceIds: [first] }));

    expect(await membersOf(account, TAG, id)).toHaveLength(left);
  });

  it("end when the last instance is terminated, and are told of for two days more", async () => {
    const { account, stateOf, remove, pass } = await world();
    const id = await fleet(account, 1);
    await remove(id, true);
    const states = [await stateOf(id)];
    await pass(2);
    states.push(await stateOf(id));
    await pass(49 * 60);

    expect(states).toEqual(["deleted_terminating", "deleted"]);
    await expect(stateOf(id)).rejects.toMatchObject({ details: { awsCode: "InvalidFleetId.NotFound" } });
  });

  it("leave their instances running where that is asked for, until these are terminated", async () => {
    const { account, send, stateOf, remove, pass } = await world();
    const id = await fleet(account, 1);
    await remove(id, false);
    const InstanceIds = await membersOf(account, TAG, id);
    await pass(60);
    const before = await stateOf(id);
    await send(new TerminateInstancesCommand({ InstanceIds }));
    await pass(2);

    expect(InstanceIds).toHaveLength(1);
    expect([before, await stateOf(id)]).toEqual(["deleted_running", "deleted"]);
  });

  it("tell in a success what can't be deleted, or could not be launched at once", async () => {
    const { account, send, remove } = await world();
    const gone = await fleet(account, 1);
    await remove(gone, true);
    const instant = await fleet(account, 1, { Type: "instant" });
    const LaunchTemplateSpecification = { LaunchTemplateName: "web", Version: "1" };
    const Overrides = [{ SubnetId: "subnet-00000000000000000" }];
    const failed = await fleet(account, 1, {
      Type: "instant",
      LaunchTemplateConfigs: [{ LaunchTemplateSpecification, Overrides }],
    });
    const codes = [];
    for (const id of [gone, "fleet-0", instant])
      codes.push((await remove(id, false)).UnsuccessfulFleetDeletions?.[0]?.Error?.Code);
    const { Fleets } = await send(new DescribeFleetsCommand({ FleetIds: [failed] }));

    expect(codes).toEqual(["fleetNotInDeletableState", "fleetIdDoesNotExist", "NoTerminateInstancesNotSupported"]);
    expect(Fleets).toMatchObject([{ Errors: [{ ErrorCode: "InvalidSubnetID.NotFound" }], FulfilledCapacity: 0 }]);
  });
});

describe("Spot Fleet requests on the twin", () => {
  it("keep up their capacity until they are cancelled, and end with their last instance", async () => {
    const { account, send, spotStateOf, pass } = await world();
    const id = await spotFleet(account, 2);
    const [first = ""] = await membersOf(account, SPOT_TAG, id);
    await send(new TerminateInstancesCommand({ InstanceIds: [first] }));
    const replaced = await membersOf(account, SPOT_TAG, id);
    const cancel = { SpotFleetRequestIds: [id], TerminateInstances: true };
    await send(new CancelSpotFleetRequestsCommand(cancel));
    const again = await send(new CancelSpotFleetRequestsCommand(cancel));
    const states = [await spotStateOf(id)];
    await pass(2);
    states.push(await spotStateOf(id));
    await pass(49 * 60);

    expect(replaced).toHaveLength(2);
    expect(again.UnsuccessfulFleetRequests?.[0]?.Error?.Code).toBe("fleetRequestNotInCancellableState");
    expect(states).toEqual(["cancelled_terminating", "cancelled"]);
    await expect(spotStateOf(id)).rejects.toMatchObject({ details: { awsCode: "InvalidSpotFleetRequestId.NotFound" } });
  });
});
