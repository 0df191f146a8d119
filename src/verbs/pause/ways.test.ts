import { describe, expect, it } from "vitest";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import { pauseExecutor } from "../../engine/pause-executor.ts";
import type { Arn } from "../../model/brand.ts";
import { executeResume, prepareResume } from "../resume/resume.ts";
import { executePause, preparePause } from "./pause.ts";
import { parseWays } from "./ways.ts";

const WEEK = 7 * 24 * 3_600_000;
const GROUPS = { selection: { type: ["autoscaling:group", "ec2:instance"], regions: ["eu-west-1"] }, extend: false };
const ZERO = { ...GROUPS, ways: ["autoscaling:group=zero"] };

describe("choosing a way to pause", () => {
  it("takes a type by its name or short name", () => {
    const ways = parseWays(["ec2:instance=hibernate", "AWS::RDS::DBInstance=snapshot"]);

    expect([...ways]).toEqual([
      ["AWS::EC2::Instance", "hibernate"],
      ["AWS::RDS::DBInstance", "snapshot"],
    ]);
  });

  it.each([
    ["hibernate", "USAGE", /for example --way/],
    ["ec2:instnce=hibernate", "UNKNOWN_TYPE", /did you mean ec2:instance/],
    ["ec2:instance=hibrnate", "USAGE", /--way ec2:instance=hibernate/],
    ["ec2:instance=constructor", "USAGE", /hibernate/],
    ["sqs:queue=zero", "USAGE", /for example --way/],
  ])("refuses %s before any call, with the nearest that is right", async (pair, code, hint) => {
    const { context, twin } = await verbTrial();
    twin.log.length = 0;

    await expect(preparePause(context, { ...GROUPS, ways: [pair] })).rejects.toMatchObject({
      code,
      details: { hint: expect.stringMatching(hint) },
    });
    expect(twin.log).toEqual([]);
  });

  it("takes the same choice twice for one", () => {
    expect(parseWays(["ec2:instance=hibernate", "AWS::EC2::Instance=hibernate"]).size).toBe(1);
  });

  it("takes groups to zero and their members with them, and brings the groups back", async () => {
    const { context, twin } = await verbTrial();
    const plan = await preparePause(context, ZERO);
    const groups = plan.steps.filter(({ way }) => way === "zero");
    expect(groups.length).toBeGreaterThan(0);
    expect(groups[0]?.says).toContain("its members terminated");
    const members = plan.kept.filter(({ reason }) => /its Auto Scaling group .* goes to zero/.test(reason));
    expect(members.length).toBeGreaterThan(0);

    const { outcomes } = await executePause(context, plan, context.clock.now() + WEEK);
    expect(groups.map(({ id }) => outcomes.get(id)?.kind)).toEqual(groups.map(() => "applied"));
    const stopped = twin.log.filter(({ operation }) => operation === "StopInstances");
    expect(JSON.stringify(stopped)).not.toContain(members[0]?.target.id);
    const resume = await prepareResume(context, undefined);
    expect(resume.plan.steps.some(({ way }) => way === "zero")).toBe(true);
    const { closed, verified } = await executeResume(context, resume);
    const differing = verified.filter(({ target }) => target.type === "AWS::AutoScaling::AutoScalingGroup");
    expect(differing.map(({ differs }) => differs.map(({ because }) => because))).toEqual(
      groups.map(() => ["the group launched others"]),
    );
    expect(closed).toBe(true);
  });

  it("keeps a group of which this very run is on a member", async () => {
    const { context } = await verbTrial();
    const [group] = (await preparePause(context, ZERO)).steps.filter(({ way }) => way === "zero");
    const [member] = (group?.saves.members ?? []) as string[];
    const caller = `arn:aws:sts::111122223333:assumed-role/operator/${member}` as Arn;
    const plan = await preparePause({ ...context, connection: { ...context.connection, caller } }, ZERO);

    expect(member).toMatch(/^i-/);
    expect(plan.kept.find(({ target }) => target.arn === group?.target.arn)?.reason).toMatch(/this very run/);
  });

  it("keeps a group whose members the selection leaves out", async () => {
    const { context } = await verbTrial();
    const selection = { type: ["autoscaling:group"], regions: ["eu-west-1"] };
    const plan = await preparePause(context, { ...ZERO, selection });

    expect(plan.steps).toEqual([]);
    expect(plan.kept.map(({ reason }) => reason)).toEqual([expect.stringMatching(/is not in the selection/)]);
  });

  it("never takes a way that it does not know for the usual one", async () => {
    const { context, twin } = await verbTrial();
    const [step] = (await preparePause(context, GROUPS)).steps;
    if (!step) throw new Error("nothing to pause");
    const executor = pauseExecutor(context.connection, new AbortController().signal);
    twin.log.length = 0;

    await expect(executor.act({ ...step, way: "sideways" }, () => undefined)).rejects.toMatchObject({
      code: "REFUSED",
    });
    expect(twin.log).toEqual([]);
  });
});
