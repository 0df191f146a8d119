import { describe, expect, it } from "vitest";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import type { Arn } from "../../model/brand.ts";
import { listRecords } from "../../store/records.ts";
import { FAULTS } from "../../twin/faults.ts";
import { executeResume, prepareResume } from "../resume/resume.ts";
import { executePause, preparePause } from "./pause.ts";

const WEEK = 7 * 24 * 3_600_000;
const EVERYTHING = { selection: {}, extend: false };
const READS = /^(Describe|List|Get|Head|Lookup)/;

describe("pause and resume", () => {
  it("makes no changing call while it plans", async () => {
    const { context, twin } = await verbTrial();
    const plan = await preparePause(context, EVERYTHING);

    expect(plan.steps.length).toBeGreaterThan(0);
    expect(twin.log.filter(({ operation }) => !READS.test(operation))).toEqual([]);
  });

  it("saves every prior state before the first change", async () => {
    const { context, twin } = await verbTrial();
    const plan = await preparePause(context, EVERYTHING);
    const store = context.store as typeof context.store & { objects: Map<string, Buffer> };
    let saved: string | undefined;
    const write = twin.log.push.bind(twin.log);
    twin.log.push = (...calls) => {
      if (saved === undefined && calls.some(({ operation }) => !READS.test(operation)))
        saved = [...store.objects].find(([path]) => path.includes("/records/"))?.[1].toString() ?? "nothing";
      return write(...calls);
    };
    await executePause(context, plan, context.clock.now() + WEEK);

    const steps: readonly { readonly saved: { readonly saves: object } }[] = JSON.parse(saved ?? "").steps;
    expect(steps.map((step) => step.saved.saves)).toEqual(plan.steps.map(({ saves }) => saves));
  });

  it("stops the demo account and puts it back as it was, but for what AWS takes", async () => {
    const { context } = await verbTrial();
    const plan = await preparePause(context, EVERYTHING);
    const { outcomes } = await executePause(context, plan, context.clock.now() + WEEK);
    expect(new Set([...outcomes.values()].map(({ kind }) => kind))).toEqual(new Set(["applied"]));

    const { verified, closed } = await executeResume(context, await prepareResume(context, undefined));
    expect(verified.filter(({ kind }) => kind !== "identical" && kind !== "differs")).toEqual([]);
    for (const { differs } of verified) for (const each of differs) expect(each.because, each.field).toBeDefined();
    expect(closed).toBe(true);
    expect((await listRecords(context.store, context.connection.account)).map(({ armed }) => armed)).toEqual([false]);
  });

  it("refuses a second pause while a record is armed", async () => {
    const { context } = await verbTrial();
    await executePause(context, await preparePause(context, EVERYTHING), context.clock.now() + WEEK);

    await expect(preparePause(context, EVERYTHING)).rejects.toMatchObject({ code: "REFUSED" });
    const more = await preparePause(context, { ...EVERYTHING, extend: true });
    expect(more.steps).toEqual([]);
  });

  it("goes on when one resource refuses, and keeps the record armed for what is not back", async () => {
    const { context, twin } = await verbTrial();
    await executePause(context, await preparePause(context, EVERYTHING), context.clock.now() + WEEK);
    twin.faults = [{ ...FAULTS.denied, service: "ec2", operation: "StartInstances", region: "eu-west-1" }];
    const first = await executeResume(context, await prepareResume(context, undefined));
    twin.faults = [];

    expect(first.closed).toBe(false);
    expect([...first.outcomes.values()].some(({ kind }) => kind === "failed")).toBe(true);
    expect([...first.outcomes.values()].some(({ kind }) => kind === "applied")).toBe(true);
    const second = await executeResume(context, await prepareResume(context, undefined));
    expect(second.closed).toBe(true);
  });

  it("keeps the record armed for a difference that nothing explains, until it is accepted", async () => {
    const { context, twin } = await verbTrial();
    const selection = { type: ["ec2:instance"], regions: ["eu-west-1"], tag: ["Name=bastion"] };
    const plan = await preparePause(context, { selection, extend: false });
    await executePause(context, plan, context.clock.now() + WEEK);
    const rows = Object.values(twin.world.accounts)[0]?.regions["eu-west-1"]?.["ec2.instance"] ?? {};
    Object.assign(rows[plan.steps[0]?.target.id ?? ""] ?? {}, { InstanceType: "m6i.24xlarge" });

    const first = await executeResume(context, await prepareResume(context, undefined));
    expect(first.verified.map(({ kind, differs }) => [kind, differs.map(({ field }) => field)])).toEqual([
      ["differs", ["instanceType"]],
    ]);
    expect(first.closed).toBe(false);
    const second = await executeResume(context, await prepareResume(context, undefined), true);
    expect(second.closed).toBe(true);
  });

  it("refuses a plan that has lain too long, or whose resources something else has paused meanwhile", async () => {
    const { context, twin } = await verbTrial();
    const old = await preparePause(context, EVERYTHING);
    await executePause(context, await preparePause(context, EVERYTHING), context.clock.now() + WEEK);
    twin.log.length = 0;
    const held = executePause(context, { ...old, id: "p-other" }, context.clock.now() + WEEK);
    await expect(held).rejects.toMatchObject({ code: "REFUSED", message: expect.stringContaining("armed record") });
    await twin.clock.sleep(3_700_000);
    const stale = executePause(context, old, context.clock.now() + WEEK);
    await expect(stale).rejects.toMatchObject({ code: "REFUSED", message: expect.stringContaining("expired") });

    expect(twin.log).toEqual([]);
  });

  it("keeps the instance that it runs on itself", async () => {
    const { context } = await verbTrial();
    const [first] = (await preparePause(context, EVERYTHING)).steps.filter(({ target }) => target.name === "bastion");
    const caller = `arn:aws:sts::111122223333:assumed-role/operator/${first?.target.id}` as Arn;
    const onIt = { ...context, connection: { ...context.connection, caller } };
    const plan = await preparePause(onIt, EVERYTHING);

    expect(plan.kept.find(({ target }) => target.id === first?.target.id)?.reason).toContain("this very run");
  });

  it("tells what was not seen and so is not in the plan", async () => {
    const { context, twin, host } = await verbTrial();
    twin.faults = [{ ...FAULTS.denied, service: "rds", operation: "DescribeDBInstances" }];
    await preparePause(context, EVERYTHING);

    expect(host.texts("warning").join()).toMatch(/DBInstance.*is not in the plan/);
  });

  it("resumes from live state when lines of the journal are damaged", async () => {
    const { context } = await verbTrial();
    const { record, run } = await executePause(
      context,
      await preparePause(context, EVERYTHING),
      context.clock.now() + WEEK,
    );
    const { objects } = context.store as typeof context.store & { objects: Map<string, Buffer> };
    const path = [...objects.keys()].find((each) => each.endsWith(`/runs/${run}`)) ?? "";
    objects.set(path, Buffer.from(`{"kind":"begin"}\n\0\0 half a line\n`));

    const { closed, verified } = await executeResume(context, await prepareResume(context, undefined));
    expect(closed).toBe(true);
    expect(verified).toHaveLength(record.plan.steps.length);
  });

  it("puts back everything when the pause's own journal is lost, also where a resume has left one", async () => {
    const { context, twin } = await verbTrial();
    const { record, run } = await executePause(
      context,
      await preparePause(context, EVERYTHING),
      context.clock.now() + WEEK,
    );
    twin.faults = [{ ...FAULTS.denied, service: "ec2", operation: "StartInstances", region: "eu-west-1" }];
    expect((await executeResume(context, await prepareResume(context, undefined))).closed).toBe(false);
    twin.faults = [];
    await context.store.remove(`accounts/${record.plan.account}/runs/${run}`);

    const { closed, verified } = await executeResume(context, await prepareResume(context, undefined));
    expect(closed).toBe(true);
    expect(verified).toHaveLength(record.plan.steps.length);
  });

  it("makes no endpoint impossible to make again: what it takes is looked for once more before it is deleted", async () => {
    const { context, twin } = await verbTrial();
    const selection = { type: ["sagemaker:endpoint"] };
    const plan = await preparePause(context, { selection, extend: false });
    expect(plan.steps).toHaveLength(1);
    const rows = Object.values(twin.world.accounts)[0]?.regions["us-east-1"] ?? {};
    rows["sagemaker.model"] = {};
    const { outcomes } = await executePause(context, plan, context.clock.now() + WEEK);

    expect([...outcomes.values()].map(({ kind }) => kind)).not.toContain("applied");
    expect(twin.log.map(({ operation }) => operation)).not.toContain("DeleteEndpoint");
  });

  it("says where nothing is paused", async () => {
    const { context } = await verbTrial();
    await expect(prepareResume(context, undefined)).rejects.toMatchObject({ code: "NO_RECORD" });
  });

  it("touches nothing outside of the selection", async () => {
    const { context, twin } = await verbTrial();
    const plan = await preparePause(context, {
      selection: { type: ["ec2:instance"], regions: ["eu-west-1"], tag: ["Name=bastion"] },
      extend: false,
    });
    expect(plan.steps.map(({ target }) => target.name)).toEqual(["bastion"]);
    await executePause(context, plan, context.clock.now() + WEEK);
    const changes = twin.log.filter(({ operation }) => !READS.test(operation));

    expect(changes.map(({ operation, region }) => [operation, region])).toEqual([["StopInstances", "eu-west-1"]]);
  });

  it("keeps members of an Auto Scaling group whose group is not paused with them", async () => {
    const { context } = await verbTrial();
    const plan = await preparePause(context, {
      selection: { type: ["ec2:instance"], regions: ["eu-west-1"] },
      extend: false,
    });

    expect(plan.steps.map(({ target }) => target.name)).toEqual(["bastion"]);
    expect(plan.kept.filter(({ reason }) => reason.includes("Auto Scaling group web")).length).toBeGreaterThan(0);
  });
});
