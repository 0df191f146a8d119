import {
  CreateTagsCommand,
  DescribeInstancesCommand,
  EC2Client,
  type RunInstancesCommand,
  StartInstancesCommand,
} from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { disk, instance, key, type ReapTrial, reapTrial, reasonOf } from "../../../tests/contract/builds.ts";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import { breachesOf } from "../../engine/guards.ts";
import type { Plan } from "../../model/plan.ts";
import { listRecords } from "../../store/records.ts";
import { FAULTS } from "../../twin/faults.ts";
import { executePause } from "../pause/pause.ts";
import { executeResume, prepareResume } from "../resume/resume.ts";
import type { WrittenPolicy } from "./own-policy.ts";
import { prepareReap } from "./reap.ts";
import type { ReapRequest } from "./request.ts";
import { reapResult } from "./result.ts";

const WEEK = 7 * 24 * 3_600_000;
const READS = /^(Describe|List|Get|Head|Lookup)/;
const night = (match: Partial<WrittenPolicy["match"]> = {}, more: Partial<WrittenPolicy> = {}): WrittenPolicy => ({
  match: { type: ["ec2:instance"], ...match },
  action: "pause",
  ...more,
});
const asked = (written: Record<string, WrittenPolicy> = { night: night() }): Partial<ReapRequest> => ({
  policies: Object.keys(written),
  written,
});
const idsOf = ({ steps }: Plan) => steps.map(({ target }) => target.id).sort();

async function pause({ context }: ReapTrial, plan: Plan) {
  return executePause(context, plan, context.clock.now() + WEEK);
}

async function stateOf({ account }: ReapTrial, id: string) {
  const answer = await account.send(EC2Client, new DescribeInstancesCommand({ InstanceIds: [id] }));
  return answer.Reservations?.[0]?.Instances?.[0]?.State?.Name;
}

const started = async (trial: ReapTrial, more: Partial<ConstructorParameters<typeof RunInstancesCommand>[0]> = {}) => {
  const id = await instance(trial, more);
  await trial.hours(1);
  return id;
};

describe("a policy that pauses", () => {
  it("stops what it finds, and its record puts that back exactly", async () => {
    const trial = await reapTrial();
    const id = await started(trial);
    const plan = await trial.plan(asked());
    const { record, outcomes } = await pause(trial, plan);
    const result = reapResult(plan, outcomes, 0);
    const stopped = await stateOf(trial, id);
    const back = await executeResume(trial.context, await prepareResume(trial.context, record.id));

    expect([plan.verb, idsOf(plan), stopped]).toEqual(["pause", [id], "stopped"]);
    expect(result).toMatchObject({ mode: "live", paused: [{ id }], instances: [], isNews: true });
    expect(result.record).toEqual({ id: record.id, resume: `evenkeel resume --record ${record.id}` });
    expect([await stateOf(trial, id), back.closed]).toEqual(["running", true]);
  });

  it("changes nothing while it plans, and tells what it would stop and that there is no record yet", async () => {
    const trial = await reapTrial();
    const id = await started(trial);
    trial.account.twin.log.length = 0;
    const plan = await trial.plan(asked());

    expect(trial.account.twin.log.filter(({ operation }) => !READS.test(operation))).toEqual([]);
    expect(await listRecords(trial.context.store, plan.account)).toEqual([]);
    expect(reapResult(plan, undefined, 0)).toMatchObject({ mode: "dry run", paused: [{ id }], record: undefined });
  });

  it("keeps what can't be paused, with the reason that a pause gives", async () => {
    const trial = await reapTrial();
    const [volume, pair] = [await disk(trial), await key(trial, "mine")];
    const plan = await trial.plan(asked({ night: night({ type: ["ec2:volume", "ec2:key-pair"] }) }));

    expect(plan.steps).toEqual([]);
    expect(reasonOf(plan, volume)).toMatch(/\w/);
    expect(reasonOf(plan, pair)).toBe("it has no stop");
  });

  it("stops the member of a group only with its group", async () => {
    const { context } = await verbTrial();
    const alone = { policies: ["night"], written: { night: night() }, selection: {} };
    const both = { ...alone, written: { night: night({ type: ["ec2:instance", "autoscaling:group"] }) } };
    const [one, two] = [await prepareReap(context, alone), await prepareReap(context, both)];
    const kept = one.kept.filter(({ reason }) => /Auto Scaling group .* would replace it/.test(reason));
    const members = kept.map(({ target }) => target.id);

    expect(members.length).toBeGreaterThan(0);
    expect(idsOf(two)).toEqual(expect.arrayContaining(members.filter((id) => !reasonOf(two, id))));
    expect(two.steps.some(({ target }) => target.type === "AWS::AutoScaling::AutoScalingGroup")).toBe(true);
  });

  it("plans what a pause of the same selection plans", async () => {
    const { context } = await verbTrial();
    const { preparePause } = await import("../pause/pause.ts");
    const written = { night: night({ type: ["compute"] }) };
    const byPolicy = await prepareReap(context, { policies: ["night"], written, selection: {} });
    const byHand = await preparePause(context, { selection: { type: ["compute"] }, extend: false });

    expect(byHand.steps.length).toBeGreaterThan(0);
    expect(byPolicy.steps).toEqual(byHand.steps);
  });

  it("has nothing to do when it runs again: what is armed is kept, and there is one record", async () => {
    const trial = await reapTrial();
    const id = await started(trial);
    await pause(trial, await trial.plan(asked()));
    await trial.hours(24);
    const again = await trial.plan(asked());
    await trial.account.send(EC2Client, new StartInstancesCommand({ InstanceIds: [id] }));
    await trial.hours(1);
    const restarted = await trial.plan(asked());

    for (const plan of [again, restarted]) {
      expect(plan.steps).toEqual([]);
      expect(reasonOf(plan, id)).toBe("an armed record already holds it");
      expect(reapResult(plan, new Map(), 0)).toMatchObject({ paused: [], record: undefined, isNews: false });
    }
    await expect(pause(trial, restarted)).rejects.toMatchObject({ code: "REFUSED" });
    expect(await listRecords(trial.context.store, again.account)).toHaveLength(1);
  });

  it("pauses what is new beside an armed record, in one of its own", async () => {
    const trial = await reapTrial();
    const first = await started(trial);
    await pause(trial, await trial.plan(asked()));
    const second = await started(trial);
    const plan = await trial.plan(asked());
    const { record } = await pause(trial, plan);
    await executeResume(trial.context, await prepareResume(trial.context, record.id));

    expect(idsOf(plan)).toEqual([second]);
    expect([await stateOf(trial, first), await stateOf(trial, second)]).toEqual(["stopped", "running"]);
  });

  it("leaves what the policy is not sure of, what is protected, and what is not selected", async () => {
    const trial = await reapTrial();
    const [used, kept, other] = [await started(trial), await started(trial), await started(trial)];
    const tag = (id: string, Key: string) =>
      trial.account.send(EC2Client, new CreateTagsCommand({ Resources: [id], Tags: [{ Key, Value: "true" }] }));
    await tag(kept, "evenkeel:protect");
    const plan = await trial.plan({ ...asked(), selection: { exclude: [other] } });
    trial.account.twin.faults = [{ ...FAULTS.denied, service: "pricing" }];
    const dear = await trial.plan(asked({ night: night({ cost: { above: "0.000001" } }) }));

    expect(idsOf(plan)).toEqual([used]);
    expect(reasonOf(plan, kept)).toMatch(/evenkeel:protect/);
    expect(dear.steps).toEqual([]);
    expect(reasonOf(dear, used)).toMatch(/is not known/);
  });

  it("stops nothing of what could not be seen", async () => {
    const trial = await reapTrial();
    await started(trial);
    trial.account.twin.faults = [{ ...FAULTS.denied, operation: "DescribeInstances" }];
    const plan = await trial.plan(asked());

    expect(plan.steps).toEqual([]);
    expect(trial.host.texts("warning").join()).toMatch(/could not be completely read/);
  });

  it("keeps to the guards of a pause, and not to those of removals", async () => {
    const trial = await reapTrial();
    await started(trial);
    await started(trial);
    const plan = await trial.plan(asked());

    expect(plan.budget).toBeUndefined();
    expect(breachesOf(plan, { maxSteps: 1 }).map(({ guard }) => guard)).toEqual(["max-steps"]);
    expect(breachesOf(plan, { maxSteps: 2 })).toEqual([]);
  });

  it("mixes with policies that report, and with nothing that removes", async () => {
    const trial = await reapTrial();
    const id = await started(trial);
    const pair = await key(trial, "mine");
    const seen: WrittenPolicy = { match: { type: ["ec2:key-pair"] }, action: "report" };
    const plan = await trial.plan(asked({ night: night(), seen }));
    trial.account.twin.log.length = 0;

    expect([idsOf(plan), reasonOf(plan, pair)]).toEqual([[id], "policy seen reports it"]);
    for (const action of [{ action: "remove" }, { action: "quarantine", quarantine: "1d" }] as const)
      await expect(trial.plan(asked({ night: night(), gone: { ...seen, ...action } }))).rejects.toMatchObject({
        code: "USAGE",
        message: "night would pause and gone would remove: one run can't do both",
      });
    await expect(trial.plan({ ...asked(), policies: ["night", "packer"] })).rejects.toMatchObject({ code: "USAGE" });
    expect(trial.account.twin.log).toEqual([]);
  });

  it.each([
    ["--max-removals", { maxRemovals: 5 }],
    ["--max-share", { maxShare: 0.5 }],
    ["--allow-data", { allowData: ["ec2:volume"] }],
    ["--override-protection", { overrideProtection: ["ec2:instance"] }],
    ["--no-backup", { noBackup: ["ec2:volume"] }],
    ["--quarantine", { quarantine: "7d" }],
    ["--confirm-runs", { confirmRuns: 2 }],
  ])("refuses %s, which would limit nothing", async (name, more) => {
    const trial = await reapTrial();
    await expect(trial.plan({ ...asked(), ...more })).rejects.toMatchObject({
      code: "USAGE",
      message: `${name} is for removals, and night removes nothing`,
    });
  });
});
