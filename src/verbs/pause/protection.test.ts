import { describe, expect, it } from "vitest";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import type { ProtectRule } from "../../engine/protect-rules.ts";
import { FAULTS } from "../../twin/faults.ts";
import type { Twin } from "../../twin/twin.ts";
import { executePause, preparePause } from "./pause.ts";
import { refuseProtected } from "./protection.ts";

const WEEK = 7 * 24 * 3_600_000;

type Row = { Tags?: { Key: string; Value: string }[]; TagList?: { Key: string; Value: string }[] };

function rowsOf(twin: Twin, kind: string): Row[] {
  return Object.values(twin.world.accounts).flatMap(({ regions }) =>
    Object.values(regions).flatMap((rows) => Object.values(rows[kind] ?? {}) as Row[]),
  );
}

describe("protection", () => {
  it("keeps what has the tag, by every verb that plans a pause", async () => {
    const { context, twin } = await verbTrial();
    const selection = { type: ["ec2:instance"], regions: ["eu-west-1"], tag: ["Name=bastion"] };
    for (const row of rowsOf(twin, "ec2.instance"))
      if (row.Tags?.some(({ Value }) => Value === "bastion")) row.Tags.push({ Key: "evenkeel:protect", Value: "true" });
    const plan = await preparePause(context, { selection, extend: false });

    expect(plan.steps).toEqual([]);
    expect(plan.kept.map(({ reason }) => reason)).toEqual(["it is protected by its tag evenkeel:protect=true"]);
  });

  it("keeps what a rule of the configuration names, and what owns it, with all that the owner would replace", async () => {
    const { context, twin } = await verbTrial();
    const members = rowsOf(twin, "ec2.instance").filter(({ Tags }) =>
      Tags?.some(({ Key, Value }) => Key === "aws:autoscaling:groupName" && Value === "web"),
    );
    members[0]?.Tags?.push({ Key: "tier", Value: "gold" });
    const guards = { protect: [{ key: "tier", value: "gold" }] };
    const only = { selection: { type: ["autoscaling:group"] }, extend: false };
    const free = await preparePause(context, only);
    const held = await preparePause({ ...context, guards }, only);

    expect(free.steps.map(({ target }) => target.id)).toContain("web");
    expect(held.kept.find(({ target }) => target.id === "web")?.reason).toMatch(/owns i-.*tier=gold/);
    const all = await preparePause({ ...context, guards }, { selection: { regions: ["eu-west-1"] }, extend: false });
    const web = all.kept.filter(({ reason }) => reason.includes("Auto Scaling group web"));
    expect(web).toHaveLength(members.length - 1);
  });

  it.each<[string, ProtectRule, RegExp]>([
    ["an id", { id: "bastion" }, /protected by name, as bastion/],
    ["a type", { types: ["AWS::EC2::Instance"], called: "compute" }, /its type is protected, as compute/],
    ["an age", { youngerThanMs: 10_000 * WEEK, called: "70000d" }, /younger than 70000d/],
  ])("keeps what a rule names by %s", async (_, rule, reason) => {
    const { context } = await verbTrial();
    const guards = { protect: [rule] };
    const selection = { type: ["ec2:instance"], regions: ["eu-west-1"], tag: ["Name=bastion"] };
    const plan = await preparePause({ ...context, guards }, { selection, extend: false });

    expect(plan.steps).toEqual([]);
    expect(plan.kept[0]?.reason).toMatch(reason);
  });

  it("keeps an owner whose members could not be read", async () => {
    const { context, twin } = await verbTrial();
    twin.faults = [{ ...FAULTS.denied, service: "ec2", operation: "DescribeInstances" }];
    const plan = await preparePause(context, { selection: { type: ["autoscaling:group"] }, extend: false });

    expect(plan.steps).toEqual([]);
    expect(plan.kept.map(({ reason }) => reason).join()).toContain("could not be read");
  });

  it("refuses a plan of which something was protected since, or can't be read any more", async () => {
    const { context, twin } = await verbTrial();
    const plan = await preparePause(context, { selection: { regions: ["eu-west-1"] }, extend: false });
    await expect(refuseProtected(context, plan)).resolves.toBeUndefined();
    twin.faults = [{ ...FAULTS.denied, service: "ec2", operation: "DescribeInstances" }];
    await expect(refuseProtected(context, plan)).rejects.toMatchObject({ code: "REFUSED" });
    twin.faults = [];
    for (const row of rowsOf(twin, "ec2.instance"))
      if (row.Tags?.some(({ Value }) => Value === "bastion")) row.Tags.push({ Key: "evenkeel:protect", Value: "true" });

    await expect(refuseProtected(context, plan)).rejects.toMatchObject({ message: expect.stringContaining("bastion") });
  });

  it("is looked at by a budget again before anything is written", async () => {
    const { context, twin } = await verbTrial();
    const plan = await preparePause(context, { selection: { regions: ["eu-west-1"] }, extend: false });
    twin.log.length = 0;
    const guarded = { ...context, guards: { maxSteps: 1 } };
    const refused = executePause(guarded, plan, context.clock.now() + WEEK);

    await expect(refused).rejects.toMatchObject({ code: "REFUSED", message: expect.stringContaining("max-steps") });
    expect(twin.log).toEqual([]);
    expect(await context.store.list("accounts/")).toEqual(await context.store.list("accounts/111122223333/none"));
  });
});

it("says of members whose group somebody else has suspended what would happen to them", async () => {
  const { context, twin } = await verbTrial();
  const names = ["HealthCheck", "ReplaceUnhealthy", "AZRebalance", "AlarmNotification", "ScheduledActions"];
  const all = [...names, "Launch", "Terminate", "InstanceRefresh", "AddToLoadBalancer"];
  for (const row of rowsOf(twin, "autoscaling.group"))
    Object.assign(row, {
      SuspendedProcesses: all.map((ProcessName) => ({
        ProcessName,
        SuspensionReason: "User suspended at 2024-01-25T16:45:06Z",
      })),
    });
  const plan = await preparePause(context, { selection: { regions: ["eu-west-1"] }, extend: false });

  const reasons = plan.kept.map(({ reason }) => reason).filter((reason) => reason.includes("Auto Scaling group web"));
  expect(reasons.length).toBeGreaterThan(0);
  for (const reason of reasons) expect(reason).toContain("suspended by someone else already");
});
