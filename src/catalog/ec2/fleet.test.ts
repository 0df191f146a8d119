import { DeleteFleetsCommand, EC2Client, TerminateInstancesCommand } from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { HERE } from "../../../tests/contract/account.ts";
import { planOf, removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { FAULTS } from "../../twin/faults.ts";
import { executeRemoval } from "../../verbs/removal/execute.ts";
import { readScope, writeScope } from "../scope.ts";
import { defaultNetwork, seven, tag } from "./ec2.trial.ts";
import { fleet, fleetTrial, membersOf, template } from "./fleet.trial.ts";
import entry from "./fleet.ts";

const TYPE = "AWS::EC2::EC2Fleet";
const TAG = "aws:ec2:fleet-id";

contractSuite(TYPE, {
  seed: async (account) => {
    await template(account);
    return seven(() => fleet(account, 0));
  },
  remove: ({ send }, id) => send(EC2Client, new DeleteFleetsCommand({ FleetIds: [id], TerminateInstances: false })),
  change: tag,
});

removalSuite(TYPE, {
  // Empty: what its members take along, such as disks, is read only where their types are selected, too.
  seed: async (account) => {
    await template(account);
    await fleet(account, 0);
    return fleet(account, 0);
  },
});

/** Two fleets from one template, of which only one is meant. */
async function world() {
  const trial = await fleetTrial();
  await defaultNetwork(trial.account);
  const web = await template(trial.account);
  const mine = await fleet(trial.account, 2);
  const other = await fleet(trial.account, 1);
  const scope = readScope(trial.account.connection, HERE, { signal: trial.context.signal });
  const writing = writeScope(trial.account.connection, HERE, { signal: trial.context.signal }, () => undefined);
  const reasonsOf = async (id: string) =>
    (await planOf(trial.context, "AWS::EC2::Instance", [id])).kept.map(({ reason }) => reason);
  const end = (id: string, TerminateInstances: boolean) =>
    trial.account.send(EC2Client, new DeleteFleetsCommand({ FleetIds: [id], TerminateInstances }));
  return { ...trial, web, mine, other, scope, writing, reasonsOf, end };
}

describe("the removal of an EC2 Fleet", () => {
  it("takes its own members along, and nobody else's", async () => {
    const { account, context, mine, other } = await world();
    const members = await membersOf(account, TAG, mine);
    const plan = await planOf(context, TYPE, [mine]);
    await executeRemoval(context, plan);

    expect(members).toHaveLength(2);
    expect(plan.steps.map(({ target }) => target.id)).toEqual([mine]);
    expect(plan.kept.filter(({ goesWith }) => goesWith).map(({ target }) => target.id)).toEqual(
      expect.arrayContaining(members),
    );
    expect(await membersOf(account, TAG, mine)).toEqual([]);
    expect(await membersOf(account, TAG, other)).toHaveLength(1);
  });

  it("keeps a member whose fleet stays, which would replace it, and the template by which it would", async () => {
    const { account, context, web, mine, reasonsOf } = await world();
    const [member = ""] = await membersOf(account, TAG, mine);
    const spare = await template(account, "spare");
    const plan = await planOf(context, "AWS::EC2::LaunchTemplate", [spare, web]);

    expect(await reasonsOf(member)).toEqual([`it belongs to EC2 EC2Fleet ${mine}, which stays`]);
    expect(plan.steps.map(({ target }) => target.id)).toEqual([spare]);
    expect(plan.kept.map(({ reason }) => reason).join()).toMatch(/EC2 EC2Fleet fleet-[-\w]+ uses it, and stays/);
    await account.send(EC2Client, new TerminateInstancesCommand({ InstanceIds: [member] }));
    expect(await membersOf(account, TAG, mine)).toHaveLength(2);
  });

  it("keeps a member while fleets can't be listed", async () => {
    const { account, mine, reasonsOf } = await world();
    const [member = ""] = await membersOf(account, TAG, mine);
    account.twin.faults = [{ ...FAULTS.denied, operation: "DescribeFleets" }];

    expect((await reasonsOf(member)).join()).toMatch(/fleet-[-\w]+ \(AWS::EC2::EC2Fleet\) has to do with it/);
  });

  it("leaves alone one that is being deleted already, and what goes with it", async () => {
    const { account, context, mine, reasonsOf, end } = await world();
    const [member = ""] = await membersOf(account, TAG, mine);
    await end(mine, true);
    const plan = await planOf(context, TYPE, [mine]);

    expect(plan.steps).toEqual([]);
    expect(plan.kept.map(({ reason }) => reason)).toEqual(["it is on its way out already: deleted_terminating"]);
    expect((await reasonsOf(member)).join()).toMatch(/on its way out already/);
  });

  it("takes what a fleet that is gone has left running for nobody's", async () => {
    const { account, context, mine, end } = await world();
    const [left = ""] = await membersOf(account, TAG, mine);
    await end(mine, false);
    const instant = await fleet(account, 1, { Type: "instant" });
    const [launched = ""] = await membersOf(account, TAG, instant);
    const plan = await planOf(context, "AWS::EC2::Instance", [left, launched]);

    expect(plan.steps.map(({ target }) => target.id).sort()).toEqual([left, launched].sort());
  });

  it("does not know instant fleets, whether listed or asked for by id", async () => {
    const { account, scope, mine, other } = await world();
    const instant = await fleet(account, 1, { Type: "instant" });
    const listed: string[] = [];
    for await (const { id } of entry.list(scope)) listed.push(id);

    expect(listed).toEqual([mine, other]);
    expect(await entry.read(scope, instant)).toBeUndefined();
  });

  it("throws what AWS refuses in an answer that is a success", async () => {
    const { scope, writing, mine, end } = await world();
    const found = await entry.read(scope, mine);
    if (!found) throw new Error("no fleet");
    await end(mine, true);
    const never = { ...found, id: "fleet-00000000-0000-0000-0000-000000000000" };

    await expect(entry.removal.remove(writing, found)).rejects.toMatchObject({
      code: "AWS_REFUSED",
      details: { awsCode: "fleetNotInDeletableState", isHeld: true },
    });
    await expect(entry.removal.remove(writing, never)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
