import { CloudWatchClient, DeleteAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import {
  AddTagsCommand,
  DeleteListenerCommand,
  DeleteRuleCommand,
  ElasticLoadBalancingV2Client as ELB,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect, it } from "vitest";
import { type ShedTrial, shedTrial } from "../../../tests/contract/shed-trial.ts";
import { forwarding, setActions } from "../../catalog/elasticloadbalancingv2/shedding.trial.ts";
import { FAULTS } from "../../twin/faults.ts";
import { LEASE_SECONDS } from "./lease.ts";
import { type Cause, makeStep } from "./step.ts";

const ALARM: Cause = { by: "alarm" };

/** The last message, as it comes back from the queue when its time has come. */
async function nextMessage({ context, sent, account }: ShedTrial) {
  const { message, seconds } = sent.at(-1) ?? { message: { generation: -1 }, seconds: 0 };
  await account.twin.clock.sleep(seconds * 1000);
  return makeStep(context, { by: "message", generation: message.generation });
}

const state = ({ context }: ShedTrial) => context.ledger.read(context.settings.listener);

it("sheds to the cap while the alarm is on, gives all back when it is off, and looks once more", async () => {
  const trial = await shedTrial({ maxShedPercent: 50 });
  await trial.alarm("ALARM");
  await makeStep(trial.context, ALARM);
  const seen = [await trial.primaries()];
  for (let step = 0; step < 3; step++) {
    await nextMessage(trial);
    seen.push(await trial.primaries());
  }
  await trial.alarm("OK");
  const end = await nextMessage(trial);

  expect(seen).toEqual([
    [80, 160],
    [60, 120],
    [50, 100],
    [50, 100],
  ]);
  expect(await trial.primaries()).toEqual([100, 200]);
  expect(end).toMatchObject({ kind: "made", state: { phase: "idle", baseline: [], degree: { level: 0 } } });
  expect(await nextMessage(trial)).toMatchObject({ decision: { phase: "idle" } });
  // Before an event's step writes, a message for it is on its way: an event may not come again.
  expect(trial.sent.map(({ seconds }) => seconds)).toEqual([120, 60, 60, 60, 60, 120]);
  expect(trial.told).toEqual([]);
});

it("drops what is of the past: a duplicate changes nothing, and no second loop begins", async () => {
  const trial = await shedTrial();
  await trial.alarm("ALARM");
  await makeStep(trial.context, ALARM);
  expect(await makeStep(trial.context, ALARM)).toMatchObject({ kind: "dropped" });
  const first = trial.sent.at(-1);
  await nextMessage(trial);
  const again = await makeStep(trial.context, { by: "message", generation: first?.message.generation ?? 0 });

  expect(again).toMatchObject({ kind: "dropped" });
  expect(await trial.primaries()).toEqual([60, 120]);
  expect(trial.sent).toHaveLength(3);
});

it("starts the loop anew where it has died", async () => {
  const trial = await shedTrial();
  await trial.alarm("ALARM");
  await makeStep(trial.context, ALARM);
  // A person's step without a queue ends it, too: nothing brings the next one about.
  await trial.account.twin.clock.sleep(200_000);

  expect(await makeStep(trial.context, ALARM)).toMatchObject({ kind: "made", decision: { degree: { level: 40 } } });
});

it("does not take one answer for the listener's end: what its weights were is not forgotten", async () => {
  const trial = await shedTrial();
  await trial.alarm("ALARM");
  await makeStep(trial.context, ALARM);
  trial.account.twin.faults = [{ ...FAULTS.denied, code: "ListenerNotFound", operation: "DescribeRules" }];
  await expect(nextMessage(trial)).rejects.toThrow("it is there");
  trial.account.twin.faults = [];

  expect(await state(trial)).toMatchObject({ phase: "shedding" });
});

it("has one writer: of many at once one makes the step", async () => {
  const trial = await shedTrial();
  await trial.alarm("ALARM");
  const all = await Promise.all(
    ["a", "b", "c", "d"].map((owner) => makeStep({ ...trial.context, owner }, ALARM).catch((error: Error) => error)),
  );

  expect(all.filter((end) => "kind" in end && end.kind === "made")).toHaveLength(1);
  expect(await trial.primaries()).toEqual([80, 160]);
});

it("waits for whoever was killed at work no longer than the lease", async () => {
  const trial = await shedTrial();
  await trial.alarm("ALARM");
  const killed = new Promise<never>(() => undefined);
  // Killed when all is written and the next message is to be sent.
  const context = {
    ...trial.context,
    schedule: (_: unknown, seconds: number) => (seconds === 60 ? killed : Promise.resolve()),
  };
  void makeStep(context, ALARM);
  await trial.account.twin.clock.sleep(10_000);
  expect(await trial.primaries()).toEqual([80, 160]);
  const busy = await makeStep({ ...trial.context, owner: "second" }, ALARM);
  expect(busy).toMatchObject({ kind: "busy" });

  await trial.account.twin.clock.sleep(LEASE_SECONDS * 1000);
  const end = await makeStep({ ...trial.context, owner: "second" }, ALARM);

  // What was written counts as this step: it is not made twice.
  expect(end).toMatchObject({ kind: "made", decision: { degree: { level: 20 } } });
  expect(await trial.primaries()).toEqual([80, 160]);
  expect(trial.sent.map(({ seconds }) => seconds)).toEqual([60]);
});

it("does not write when its lease is over", async () => {
  const trial = await shedTrial();
  await trial.alarm("ALARM");
  let isSlow = true;
  const ledger = {
    ...trial.context.ledger,
    append: async (listener: string, line: object) => {
      if (isSlow) await trial.account.twin.clock.sleep(LEASE_SECONDS * 1000);
      isSlow = false;
      await trial.context.ledger.append(listener, line);
    },
  };

  await expect(makeStep({ ...trial.context, ledger }, ALARM)).rejects.toThrow("lease");
  expect(await trial.primaries()).toEqual([100, 200]);
});

it("converges after one rule could not be written", async () => {
  const trial = await shedTrial();
  await trial.alarm("ALARM");
  trial.account.twin.faults = [{ ...FAULTS.throttle, operation: "ModifyRule" }];
  await expect(makeStep(trial.context, ALARM)).rejects.toMatchObject({ code: "NOT_SHED" });
  expect(await trial.primaries()).toEqual([80, 200]);
  trial.account.twin.faults = [];

  await makeStep(trial.context, ALARM);

  expect(await trial.primaries()).toEqual([80, 160]);
  expect(await state(trial)).toMatchObject({ degree: { level: 20 }, phase: "shedding" });
});

it("knows its own weights again after two steps that were cut short, one each way", async () => {
  const trial = await shedTrial();
  await trial.alarm("ALARM");
  await makeStep(trial.context, ALARM);
  trial.account.twin.faults = [{ ...FAULTS.throttle, operation: "ModifyRule" }];
  await expect(nextMessage(trial)).rejects.toMatchObject({ code: "NOT_SHED" });
  await trial.alarm("OK");
  trial.account.twin.faults = [{ ...FAULTS.throttle, operation: /^Modify/ }];
  await expect(nextMessage(trial)).rejects.toMatchObject({ code: "NOT_SHED" });
  expect(await trial.primaries()).toEqual([60, 160]);
  trial.account.twin.faults = [];
  await nextMessage(trial);

  expect(await trial.primaries()).toEqual([60, 120]);
  await nextMessage(trial);
  expect(await trial.primaries()).toEqual([100, 200]);
  expect(trial.told).toEqual([]);
});

it("notices somebody else's change: it stops and tells", async () => {
  const trial = await shedTrial();
  await trial.alarm("ALARM");
  await makeStep(trial.context, ALARM);
  await trial.setWeights(trial.rule, 10, 90);
  await nextMessage(trial);

  expect(await trial.primaries()).toEqual([80, 10]);
  expect(await state(trial)).toMatchObject({ phase: "lost" });
  expect(trial.told).toHaveLength(1);
  expect(await makeStep(trial.context, ALARM)).toMatchObject({ kind: "dropped" });

  const order = (kind: "shed" | "unfreeze") => makeStep(trial.context, { by: "person", order: { kind } });
  await expect(order("shed")).rejects.toThrow("somebody else");
  await expect(order("unfreeze")).rejects.toThrow("somebody else");
  await makeStep(trial.context, { by: "person", order: { kind: "restore", now: true } });
  expect(await trial.primaries()).toEqual([100, 200]);
});

it("puts back what can be put back where somebody else has sent a rule to other groups", async () => {
  const trial = await shedTrial();
  await trial.alarm("ALARM");
  await makeStep(trial.context, ALARM);
  const { primary, standby, spare } = trial.groups;
  await setActions(trial.account, trial.rule, [forwarding({ [primary]: 5, [standby]: 5, [spare]: 5 })]);
  await nextMessage(trial);
  const end = await makeStep(trial.context, { by: "person", order: { kind: "restore", now: true } });

  expect(await trial.primaries()).toEqual([100, 5]);
  expect(end).toMatchObject({ kind: "made", state: { phase: "idle", baseline: [] } });
  expect(end.kind === "made" && end.plan.kept.map(({ reason }) => reason)).toEqual([
    expect.stringContaining("other target groups"),
  ]);
});

it("takes somebody else's weights for the baseline when a person says so", async () => {
  const trial = await shedTrial();
  await trial.alarm("ALARM");
  await makeStep(trial.context, ALARM);
  await trial.setWeights(trial.rule, 10, 90);
  await nextMessage(trial);
  await makeStep(trial.context, { by: "person", order: { kind: "accept" } });
  expect(await trial.primaries()).toEqual([80, 10]);

  await makeStep(trial.context, ALARM);
  expect(await trial.primaries()).toEqual([64, 8]);
});

it("changes nothing while it is frozen, and goes on when it is let", async () => {
  const trial = await shedTrial();
  await trial.alarm("ALARM");
  await makeStep(trial.context, ALARM);
  await makeStep(trial.context, { by: "person", order: { kind: "freeze" } });
  expect(await nextMessage(trial)).toMatchObject({ kind: "dropped" });
  expect(await makeStep(trial.context, ALARM)).toMatchObject({ kind: "dropped" });
  expect(await trial.primaries()).toEqual([80, 160]);

  await makeStep(trial.context, { by: "person", order: { kind: "unfreeze" } });
  expect(await trial.primaries()).toEqual([60, 120]);
});

it("leaves out what is protected, and says so", async () => {
  const trial = await shedTrial();
  const Tags = [{ Key: "evenkeel:protect", Value: "true" }];
  await trial.account.send(ELB, new AddTagsCommand({ ResourceArns: [trial.rule], Tags }));
  await trial.alarm("ALARM");
  const end = await makeStep(trial.context, ALARM);

  expect(await trial.primaries()).toEqual([80, 200]);
  expect(end.kind === "made" && end.plan.kept.map(({ reason }) => reason)).toEqual([
    expect.stringContaining("evenkeel:protect"),
  ]);
});

it("gives the rest back when a rule was deleted meanwhile, and tells", async () => {
  const trial = await shedTrial();
  await trial.alarm("ALARM");
  await makeStep(trial.context, ALARM);
  await trial.account.send(ELB, new DeleteRuleCommand({ RuleArn: trial.rule }));
  await trial.alarm("OK");
  await nextMessage(trial);

  expect(await trial.primaries()).toEqual([100, undefined]);
  expect(await state(trial)).toMatchObject({ phase: "idle", baseline: [] });
  expect(trial.told).toEqual([expect.stringContaining("was deleted")]);
});

it("ends and tells when the listener is gone", async () => {
  const trial = await shedTrial();
  await trial.alarm("ALARM");
  await makeStep(trial.context, ALARM);
  await trial.account.send(ELB, new DeleteListenerCommand({ ListenerArn: trial.context.settings.listener }));
  await nextMessage(trial);

  expect(await state(trial)).toMatchObject({ phase: "idle", baseline: [] });
  expect(trial.told).toEqual([expect.stringContaining("listener is gone")]);
  expect(trial.sent).toHaveLength(2);
});

it("gives all back and tells when the alarm is gone", async () => {
  const trial = await shedTrial();
  await trial.alarm("ALARM");
  await makeStep(trial.context, ALARM);
  await trial.account.send(CloudWatchClient, new DeleteAlarmsCommand({ AlarmNames: [trial.context.settings.alarm] }));
  await nextMessage(trial);

  expect(await trial.primaries()).toEqual([100, 200]);
  expect(trial.told).toEqual([expect.stringContaining("is gone")]);
});

it("keeps a message when the next one could not be sent: tried again, it makes the same step", async () => {
  const trial = await shedTrial();
  await trial.alarm("ALARM");
  const noQueue = (_: unknown, seconds: number) =>
    seconds === 60 ? Promise.reject(new Error("no queue")) : Promise.resolve();
  await expect(makeStep({ ...trial.context, schedule: noQueue }, ALARM)).rejects.toThrow("no queue");
  await makeStep(trial.context, ALARM);

  expect(await trial.primaries()).toEqual([80, 160]);
  expect(await state(trial)).toMatchObject({ degree: { level: 20 } });
});

it("goes on when nobody can be told, but not where the loop ends", async () => {
  const trial = await shedTrial({ restorePercent: 10 });
  const context = { ...trial.context, tell: () => Promise.reject(new Error("no topic")) };
  await trial.alarm("ALARM");
  await makeStep(context, ALARM);
  await trial.account.send(CloudWatchClient, new DeleteAlarmsCommand({ AlarmNames: [context.settings.alarm] }));
  await nextMessage({ ...trial, context });
  expect(await trial.primaries()).toEqual([90, 180]);

  await trial.account.send(ELB, new DeleteListenerCommand({ ListenerArn: context.settings.listener }));
  await trial.account.twin.clock.sleep(3_600_000);
  await expect(makeStep(context, ALARM)).rejects.toThrow("no topic");
});

it("refuses a listener of another account, to which it looks as if it were gone", async () => {
  const trial = await shedTrial();
  await trial.alarm("ALARM");
  await makeStep(trial.context, ALARM);
  const connection = {
    ...trial.context.connection,
    account: "222222222222" as typeof trial.context.connection.account,
  };

  await expect(makeStep({ ...trial.context, connection }, { by: "message", generation: 1 })).rejects.toMatchObject({
    code: "OTHER_ACCOUNT",
  });
  expect(await state(trial)).toMatchObject({ phase: "shedding" });
});

it("has a message under way before an event's first rule is written, and writes none where it can't be sent", async () => {
  const trial = await shedTrial();
  await trial.alarm("ALARM");
  const context = { ...trial.context, schedule: () => Promise.reject(new Error("no queue")) };
  await expect(makeStep(context, ALARM)).rejects.toThrow("no queue");
  expect(await trial.primaries()).toEqual([100, 200]);

  trial.account.twin.faults = [{ ...FAULTS.throttle, operation: "ModifyRule" }];
  await expect(makeStep(trial.context, ALARM)).rejects.toMatchObject({ code: "NOT_SHED" });
  trial.account.twin.faults = [];
  // The event is lost for good.
  await nextMessage(trial);
  expect(await trial.primaries()).toEqual([80, 160]);
});
