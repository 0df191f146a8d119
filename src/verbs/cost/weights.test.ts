import { AllocateAddressCommand, DescribeInstancesCommand, EC2Client, RunInstancesCommand } from "@aws-sdk/client-ec2";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { beforeAll, describe, expect, it } from "vitest";
import { type VerbTrial, verbTrial } from "../../../tests/contract/verbs.ts";
import type { RawSelection } from "../../engine/selection.ts";
import type { Region } from "../../model/brand.ts";
import { addDays, dayOf } from "../../model/calendar.ts";
import type { Days } from "../../model/cost.ts";
import { minus, sign } from "../../model/money.ts";
import { FAULTS } from "../../twin/faults.ts";
import { createSnapshot } from "../snapshot/create.ts";
import { billedBaseline } from "./baseline.ts";
import type { Weights } from "./explorer/allocated.ts";
import { EXPLORER_SERVICES } from "./explorer/services.ts";
import { judgeBy } from "./judge.ts";
import { scaledMembers } from "./members.ts";
import { weigher } from "./weights.ts";

const HOUR_MS = 3_600_000;
const COMPUTE = "Amazon Elastic Compute Cloud - Compute";
const WEST = "eu-west-1" as Region;

/** The demo with its baseline, then what was added, an hour or a day later. */
async function trial(
  add: (trial: VerbTrial) => Promise<unknown> = async () => undefined,
  selection: RawSelection = {},
) {
  const made = await verbTrial();
  const { context } = made;
  await createSnapshot(context, { name: "base", selection, metadata: {}, setActive: true, compress: false });
  await context.clock.sleep(24 * HOUR_MS, context.signal);
  await add(made);
  await context.clock.sleep(24 * HOUR_MS, context.signal);
  const { account } = context.connection;
  const baseline = await billedBaseline(context.store, account);
  const members = await scaledMembers(context, baseline);
  const weigh = weigher(context, judgeBy({ account, baselines: new Map([[account, baseline]]), members }));
  const today = dayOf(context.clock.now());
  const ask = (service: string, days: Days = { start: addDays(today, -2), end: today }) => {
    const { product = "", types = [] } = EXPLORER_SERVICES[service] ?? {};
    return weigh({ service, product, types, days, region: WEST });
  };
  return { ask, today, twin: made.twin };
}

async function launch({ context }: VerbTrial): Promise<void> {
  const client = context.connection.client(EC2Client, WEST, "write");
  const [instance] = (await client.send(new DescribeInstancesCommand({}))).Reservations?.[0]?.Instances ?? [];
  const like = {
    ImageId: instance?.ImageId,
    SubnetId: instance?.SubnetId,
    InstanceType: "t3.micro",
    Placement: { Tenancy: "default" },
  } as const;
  await client.send(new RunInstancesCommand({ ...like, MinCount: 1, MaxCount: 1 }));
}

// The first look loads what the virtual clock would run out of patience for.
beforeAll(async () => void (await (await trial()).ask(COMPUTE)));

describe("what services are shared by", () => {
  it("one side has all of a service of which nothing was added", async () => {
    const { ask } = await trial();
    expect(await ask("Amazon Simple Queue Service")).toMatchObject({ notBaseline: "0", sureness: "by count" });
    expect(await ask(COMPUTE)).toMatchObject({ notBaseline: "0", sureness: "one side" });
  });

  it("an added instance weighs its list price for the hours that it has been there", async () => {
    const { ask, today } = await trial(launch);
    const all = (await ask(COMPUTE)) as Weights;
    const day = (await ask(COMPUTE, { start: addDays(today, -1), end: addDays(today, -1) })) as Weights;
    const before = await ask(COMPUTE, { start: addDays(today, -2), end: addDays(today, -2) });

    expect(all.sureness).toBe("by price");
    expect(sign(all.notBaseline)).toBe(1);
    expect(sign(minus(all.baseline, all.notBaseline))).toBe(1);
    // It was launched in the middle of that day.
    expect(sign(minus(all.notBaseline, day.notBaseline))).toBe(1);
    expect(before).toMatchObject({ notBaseline: "0", sureness: "one side" });
  });

  it("what has no price is counted", async () => {
    const { ask } = await trial(({ context }) =>
      context.connection.client(SQSClient, WEST, "write").send(new CreateQueueCommand({ QueueName: "added" })),
    );
    expect(await ask("Amazon Simple Queue Service")).toMatchObject({ sureness: "by count" });
  });

  it("nothing is said of a service whose resources could not all be read", async () => {
    const { ask, twin } = await trial(launch);
    twin.faults = [{ ...FAULTS.denied, operation: "DescribeInstances", region: WEST }];

    expect(await ask(COMPUTE)).toEqual({ doubt: "services whose resources could not all be read" });
    expect(await ask("Amazon Simple Queue Service")).not.toHaveProperty("doubt");
  });

  it("nothing is said of a service of which nothing is there, nor where the baseline was made with filters", async () => {
    const { ask } = await trial(
      ({ context }) => context.connection.client(EC2Client, WEST, "write").send(new AllocateAddressCommand({})),
      { tag: ["env=prod"] },
    );
    expect(await ask("Amazon WorkSpaces", { start: dayOf(0), end: dayOf(0) })).toHaveProperty("doubt");
    expect(await ask("Amazon Virtual Private Cloud")).toEqual({
      doubt: "services with resources that may be on either side",
    });
  });
});
