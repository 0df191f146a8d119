import { describe, expect, it } from "vitest";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import { amount, type Money, minus, sum } from "../../model/money.ts";
import { type Plan, planDigest } from "../../model/plan.ts";
import { FAULTS } from "../../twin/faults.ts";
import type { World } from "../../twin/world.ts";
import { prepareResume } from "../resume/resume.ts";
import { executePause, preparePause } from "./pause.ts";

const WEEK = 7 * 24 * 3_600_000;
const PRICED = { selection: {}, extend: false, prices: true };

const moneys = (of: readonly { readonly money?: Money }[]) => of.flatMap(({ money }) => money ?? []);

/** Of the first resource of a type: what has a price, what it saves an hour, and what has none. */
function ofType({ steps, kept }: Plan, type: string, id?: string) {
  const found = [...steps, ...kept].find(
    ({ target }) => target.type === type && (id === undefined || target.id === id || target.name === id),
  );
  const { parts = [], unpriced = [], net, remains, countedWith } = found?.money ?? {};
  return {
    parts: parts.map(({ part }) => part),
    unpriced: unpriced.map(({ part }) => part),
    net,
    remains,
    ...(countedWith === undefined ? {} : { countedWith }),
  };
}

function plant(world: World, region: string, kind: string, rows: Readonly<Record<string, object>>): void {
  const [account] = Object.values(world.accounts);
  const here = account?.regions[region];
  if (here) here[kind] = rows as never;
}

describe("the money of a pause plan", () => {
  it("stands at every step and at all that is kept, with region and date, or says why there is none", async () => {
    const { context, host } = await verbTrial();
    const plan = await preparePause(context, PRICED);

    for (const { target, money } of [...plan.steps, ...plan.kept]) {
      expect(money, target.arn).toBeDefined();
      for (const { price, hourly } of money?.parts ?? []) {
        expect(price).toMatchObject({ region: target.region, currency: "USD" });
        expect(price.fetchedAt).toMatch(/^2026-01-13T11:00/);
        expect(Number(hourly)).toBeGreaterThan(0);
      }
      for (const { reason } of money?.unpriced ?? []) expect(reason).not.toBe("");
    }
    expect(host.messages.filter(({ kind }) => kind === "warning")).toEqual([]);
  });

  it("is in the demo's plan what the price list says", async () => {
    const { context } = await verbTrial();
    const plan = await preparePause(context, PRICED);
    const of = (type: string, id?: string) => ofType(plan, `AWS::${type}`, id);

    expect(of("EC2::Instance", "bastion")).toMatchObject({ parts: ["compute", "storage"], net: "0.0114" });
    expect(of("EC2::Instance", "web")).toMatchObject({ net: "0.107" });
    expect(of("EC2::Volume")).toMatchObject({ parts: [], countedWith: expect.stringMatching(/^i-/) });
    expect(of("RDS::DBInstance", "orders")).toMatchObject({ parts: ["compute", "storage"], net: "0.159" });
    expect(of("RDS::DBCluster")).toMatchObject({ parts: ["compute", "compute"], net: "0.52" });
    expect(of("RDS::DBCluster").unpriced).toEqual(["storage", "backups"]);
    expect(of("RDS::DBInstance", "analytics-1")).toMatchObject({ parts: [], countedWith: "analytics" });
    expect(of("Kinesis::Stream")).toMatchObject({ net: "0.045", remains: "0.015", unpriced: ["data"] });
    // 50 read units at 0.00013 and 20 write units at 0.00065.
    expect(of("DynamoDB::Table")).toMatchObject({ net: "0.0195", remains: "0" });
    expect(of("SageMaker::Endpoint")).toMatchObject({ parts: ["variant main"], net: "0.23" });
    // Half a vCPU at 0.04048 and 1 GB at 0.004445, three tasks.
    expect(of("ECS::Service", "checkout")).toMatchObject({ unpriced: [], net: "0.074055" });
    expect(of("AutoScaling::AutoScalingGroup")).toMatchObject({ parts: [], unpriced: [], net: "0" });
    expect(of("Lambda::Function")).toMatchObject({ parts: [], unpriced: [], net: "0" });
    expect(of("CloudWatch::Alarm")).toMatchObject({ parts: ["alarm"], net: "0" });
    expect(of("EC2::NatGateway")).toMatchObject({ parts: ["gateway"], unpriced: ["traffic"], net: "0" });
    expect(of("EC2::EIP")).toMatchObject({ parts: ["public IPv4 address"], remains: "0.005" });
    expect(of("EC2::VPCEndpoint")).toMatchObject({ parts: [], unpriced: [] });
    expect(of("ElasticLoadBalancingV2::LoadBalancer")).toMatchObject({ parts: ["load balancer"], remains: "0.0252" });
    expect(of("KMS::Key")).toMatchObject({ parts: ["key"] });
    expect(of("SecretsManager::Secret")).toMatchObject({ parts: ["secret"] });
  });

  it("is in total the sum of its steps, and counts nothing twice", async () => {
    const { context } = await verbTrial();
    const plan = await preparePause(context, PRICED);
    const { net, gross, remains, kept } = plan.money ?? {};

    expect(net?.hour).toBe(sum(moneys(plan.steps).map((money) => money.net)));
    expect(net?.hour).toBe(minus(gross?.hour ?? amount("0"), remains?.hour ?? amount("0")));
    expect(kept?.hour).toBe(sum(moneys(plan.kept).map((money) => money.remains)));
    const all = moneys([...plan.steps, ...plan.kept]).flatMap(({ parts }) => parts);
    // What hangs on nothing is counted by itself.
    const volumes = plan.kept.filter(
      ({ target, money }) => target.type === "AWS::EC2::Volume" && money?.countedWith !== undefined,
    );
    expect(all.filter(({ of, part }) => of?.startsWith("vol-") && part === "storage")).toHaveLength(volumes.length);
  });

  it("counts a volume that hangs on several instances once", async () => {
    const { context, twin } = await verbTrial();
    const rows = Object.values(twin.world.accounts)[0]?.regions["eu-west-1"]?.["ec2.instance"] ?? {};
    const mappings = Object.values(rows).map((row) => row as unknown as { BlockDeviceMappings: object[] });
    const shared = mappings[0]?.BlockDeviceMappings[0] ?? {};
    for (const each of mappings.slice(1)) each.BlockDeviceMappings.push(structuredClone(shared));
    const plan = await preparePause(context, PRICED);

    const id = (shared as { Ebs?: { VolumeId?: string } }).Ebs?.VolumeId ?? "none";
    const counted = moneys([...plan.steps, ...plan.kept]).flatMap(({ parts }) => parts.filter(({ of }) => of === id));
    expect(counted).toHaveLength(1);
  });

  it("is signed with the plan, and changes nothing else of it", async () => {
    const [priced, plain] = await Promise.all(
      [true, false].map(async (prices) => preparePause((await verbTrial()).context, { ...PRICED, prices })),
    );

    expect(planDigest(priced as Plan)).toBe(priced?.digest);
    expect(plain?.money).toBeUndefined();
    const bare = ({ money: _, ...rest }: object & { money?: unknown }) => rest;
    expect(priced?.steps.map(bare)).toEqual(plain?.steps);
    expect(priced?.kept.map(bare)).toEqual(plain?.kept);
  });

  it("asks the price list nothing when prices are not wanted", async () => {
    const { context, twin } = await verbTrial();
    await preparePause(context, { ...PRICED, prices: false });

    expect(twin.log.filter(({ operation }) => /GetProducts|Reserved/.test(operation))).toEqual([]);
  });

  it("calls only what reads", async () => {
    const { context, twin } = await verbTrial();
    await preparePause(context, PRICED);

    expect(twin.log.filter(({ operation }) => !/^(Describe|List|Get|Head)/.test(operation))).toEqual([]);
    expect(twin.errors).toEqual([]);
  });

  it("is told once to be missing when AWS refuses it, and the pause goes on", async () => {
    const { context, twin, host } = await verbTrial();
    twin.faults = [{ ...FAULTS.denied, service: "pricing" }];
    const plan = await preparePause(context, PRICED);

    expect(host.messages.filter(({ kind }) => kind === "warning")).toHaveLength(1);
    expect(plan.steps.length).toBeGreaterThan(0);
    expect(plan.money).toMatchObject({ net: { hour: "0" } });
    expect(plan.money?.pricesOf).toBeUndefined();
    expect(ofType(plan, "AWS::EC2::Instance", "bastion").unpriced).toEqual(["compute", "storage"]);
    const { outcomes } = await executePause(context, plan, context.clock.now() + WEEK);
    expect(new Set([...outcomes.values()].map(({ kind }) => kind))).toEqual(new Set(["applied"]));
  });

  it("keeps no plan waiting when the price list only throttles", async () => {
    const { context, twin } = await verbTrial();
    twin.faults = [
      { ...FAULTS.throttle, service: "pricing" },
      { ...FAULTS.throttle, operation: /Reserved/ },
    ];
    const before = context.clock.now();
    await preparePause(context, PRICED);

    expect(context.clock.now() - before).toBeLessThan(30_000);
  });

  it("says which reservations may pay for it, and when that could not be read", async () => {
    const { context, twin } = await verbTrial();
    plant(twin.world, "eu-west-1", "ec2.reserved-instances", {
      one: { ReservedInstancesId: "one", InstanceType: "m6i.xlarge", State: "active" },
      old: { ReservedInstancesId: "old", InstanceType: "t3.micro", State: "retired" },
    });
    twin.faults = [{ ...FAULTS.denied, operation: "DescribeReservedDBInstances" }];
    const plan = await preparePause(context, PRICED);
    const covered = (name: string) =>
      plan.steps.find(({ target }) => target.name === name || target.id === name)?.money?.coveredBy;

    const instances = plan.steps.filter(({ target }) => target.type === "AWS::EC2::Instance");
    expect(instances.find(({ target }) => target.name === "web")?.money).toMatchObject({
      net: "0.107",
      coveredBy: "an active Reserved Instance of m6i.xlarge may cover it: pausing saves nothing of that",
    });
    expect(covered("bastion")).toBeUndefined();
    expect(covered("orders")).toMatch(/could not be read/);
  });

  it("counts members with the group that ends them", async () => {
    const { context } = await verbTrial();
    const plan = await preparePause(context, { ...PRICED, ways: ["autoscaling:group=zero"] });
    const group = plan.steps.find(({ target }) => target.type === "AWS::AutoScaling::AutoScalingGroup");

    expect(group?.money?.net).toBe("0.428");
    for (const { target, money } of plan.kept.filter(({ reason }) => reason.includes("goes to zero")))
      expect(money, target.id).toMatchObject({ countedWith: "web", remains: "0" });
  });

  it("says of volumes outside the selection that nobody counted them", async () => {
    const { context } = await verbTrial();
    const plan = await preparePause(context, {
      ...PRICED,
      selection: { type: ["ec2:instance"], tag: ["Name=bastion"] },
    });

    expect(ofType(plan, "AWS::EC2::Instance")).toMatchObject({ parts: ["compute"], unpriced: ["EBS volumes"] });
  });

  it("costs nothing an hour any more once it is paused, and all of it again when it is resumed", async () => {
    const { context } = await verbTrial();
    const plan = await preparePause(context, PRICED);
    await executePause(context, plan, context.clock.now() + WEEK);

    const { plan: back } = await prepareResume(context, undefined);
    expect(back.money?.net).toEqual(plan.money?.net);
    const again = await preparePause(context, { ...PRICED, extend: true });
    expect(again.kept.find(({ target }) => target.name === "bastion")?.money).toMatchObject({ net: "0" });
    expect(ofType(again, "AWS::EC2::Instance", "bastion").parts).toEqual(["storage"]);
    expect(ofType(again, "AWS::RDS::DBCluster").parts).toEqual([]);
  });
});
