import { describe, expect, it } from "vitest";
import { type Invoking, LIVE, type PausingTrial, pausingTrial, STAGING } from "../../tests/contract/pausing-trial.ts";
import { listRecords } from "../store/records.ts";
import { FAULTS } from "../twin/faults.ts";
import { executePause, preparePause } from "../verbs/pause/pause.ts";
import { onPause } from "./pause.ts";
import { onResume } from "./resume.ts";

const WEEK_MS = 7 * 86_400_000;
const BASTION = { type: ["ec2:instance"], regions: ["eu-west-1"], tag: ["Name=bastion"] };

const armedIn = async ({ store }: PausingTrial) =>
  (await listRecords(store, STAGING as never)).flatMap((each) =>
    each.kind === "readable" && each.armed ? [each.record.id] : [],
  );

/** A pause at the command line, by a person. */
async function byHand(trial: PausingTrial, selection: object): Promise<string> {
  const context = await trial.open();
  const person = { ...context, from: { ...context.from, where: "command line" } as const };
  const plan = await preparePause(person, { selection, extend: true });
  return (await executePause(person, plan, trial.twin.clock.now() + WEEK_MS)).record.id;
}

describe("the resume function", () => {
  it("puts back what the schedule of its selection has paused, and tells how it came back", async () => {
    const trial = await pausingTrial();
    await trial.invoke(onPause);
    const [record] = await armedIn(trial);
    const { answer, news } = await trial.invoke(onResume);

    expect(answer?.body).toContain("put back 1 of 1 pause record");
    expect(news[0]?.text).toContain(`Record ${record}`);
    expect(news[0]?.text).toContain("it is closed");
    expect(news[0]?.attributes).toMatchObject({ event: "resume", closed: record });
    expect(await armedIn(trial)).toEqual([]);
  });

  it("leaves what a person or another schedule has paused", async () => {
    const trial = await pausingTrial();
    const own = await byHand(trial, BASTION);
    await trial.invoke(onPause, { selection: { type: ["rds:db"], regions: ["us-east-1"] } });
    const other = (await armedIn(trial)).filter((id) => id !== own);
    trial.twin.log.length = 0;
    const { answer, news } = await trial.invoke(onResume);

    expect(answer?.statusCode).toBe(200);
    expect(news).toEqual([]);
    expect(trial.changes()).toEqual([]);
    expect((await armedIn(trial)).sort()).toEqual([own, ...other].sort());
  });

  it("finds the schedule by its selection, in whatever order that is written", async () => {
    const trial = await pausingTrial();
    await trial.invoke(onPause, { selection: BASTION });
    const { tag, type, regions } = BASTION;
    await trial.invoke(onResume, { selection: { tag, regions, type } });

    expect(await armedIn(trial)).toEqual([]);
  });

  it("puts back the record that is asked for, whoever has made it, and no other", async () => {
    const trial = await pausingTrial();
    const own = await byHand(trial, { type: ["rds:db"], regions: ["us-east-1"] });
    await trial.invoke(onPause);
    const { news } = await trial.invoke(onResume, { record: own });

    expect(news[0]?.text).toContain(`Record ${own}`);
    expect(await armedIn(trial)).toHaveLength(1);
    expect(await armedIn(trial)).not.toContain(own);
  });

  it("does nothing twice", async () => {
    const trial = await pausingTrial();
    const own = await byHand(trial, BASTION);
    await trial.invoke(onResume, { record: own });
    trial.twin.log.length = 0;
    const again = await trial.invoke(onResume, { record: own });

    expect(trial.changes()).toEqual([]);
    expect(again.news[0]?.text).toContain(`record ${own}: it is closed`);
  });

  it("keeps armed what is not back, tells it, and puts back the rest the next time", async () => {
    const trial = await pausingTrial();
    await trial.invoke(onPause);
    const [record] = await armedIn(trial);
    trial.twin.faults = [{ ...FAULTS.denied, service: "ec2", operation: "StartInstances" }];
    const first = await trial.invoke(onResume);
    expect(first.error).toBeUndefined();
    expect(first.news[0]?.text).toContain("still armed");
    expect(first.news[0]?.text).toContain("Not done:");
    expect(first.news[0]?.attributes).toMatchObject({ armed: record });
    trial.twin.faults = [];
    // The next evening's pause holds what was started meanwhile, beside it.
    await trial.twin.clock.sleep(43_200_000);
    await trial.invoke(onPause);
    await trial.invoke(onResume);

    expect(await armedIn(trial)).toEqual([]);
  });

  it("puts back what has expired and is to be resumed then, and reminds of what else has", async () => {
    const trial = await pausingTrial();
    const reminded = await byHand(trial, BASTION);
    await trial.invoke(onPause, { selection: { type: ["rds:db"] }, expires: "2d", onExpiry: "resume" });
    await trial.invoke(onPause, { selection: { type: ["ecs:service"] }, expires: "2d", onExpiry: "keep" });
    expect((await trial.invoke(onResume, { due: true })).news).toEqual([]);
    await trial.twin.clock.sleep(8 * 86_400_000);
    const { news } = await trial.invoke(onResume, { due: true });

    expect(news[0]?.text).toContain(`Overdue:\n  record ${reminded} since `);
    expect(await armedIn(trial)).toHaveLength(2);
  });

  it.each(["true", undefined, "FALSE", "no"])("with DRY_RUN=%s only tells", async (DRY_RUN) => {
    const trial = await pausingTrial();
    await trial.invoke(onPause);
    const armed = await armedIn(trial);
    trial.twin.log.length = 0;
    const { news } = await trial.invoke(onResume, {}, { env: { ...LIVE, DRY_RUN } });

    expect(news[0]?.text).toContain("would be put back");
    expect(trial.changes()).toEqual([]);
    expect(await armedIn(trial)).toEqual(armed);
  });

  it("never puts back a part of a damaged record", async () => {
    const trial = await pausingTrial();
    await trial.invoke(onPause);
    const [record] = await armedIn(trial);
    for (const [path, content] of trial.store.objects) {
      if (path.includes("/records/")) trial.store.objects.set(path, content.subarray(0, -300));
      if (path.endsWith("plan.json")) trial.store.objects.delete(path);
    }
    trial.twin.log.length = 0;
    const { news } = await trial.invoke(onResume, { record });

    expect(news[0]?.text).toContain("damaged");
    expect(trial.changes()).toEqual([]);
  });

  it("tells that there is no such record", async () => {
    const trial = await pausingTrial();
    const { error } = await trial.invoke(onResume, { record: "r-000000000000" });

    expect(error).toMatchObject({ code: "NO_RECORD" });
  });

  it.each([
    ["a record that is no id", { record: "../x" }],
    ["two orders at once", { record: "r-000000000000", due: true }],
    ["a key that there is not", { records: "r-000000000000" }],
    ["due as a text", { due: "true" }],
    ["a filter that there is not", { selection: { tags: ["a=b"] } }],
    ["a list", []],
    ["a number", 7],
  ])("refuses %s before any call", async (_, event) => {
    const trial = await pausingTrial();
    const context = await trial.open();
    trial.twin.log.length = 0;

    await expect(onResume(event, context)).rejects.toMatchObject({ code: "USAGE" });
    expect(trial.twin.log).toEqual([]);
  });

  it.each([
    ["of a topic", { Records: [{ EventSource: "aws:sns", Sns: { Message: "AWS Budget Notification" } }] }, "throws"],
    ["of another service", { source: "aws.ec2", "detail-type": "EC2 Instance State-change Notification" }, 403],
    ["of another account", { source: "aws.scheduler", "detail-type": "Scheduled Event", account: "999999999999" }, 403],
  ])("refuses an event %s", async (_, event, how) => {
    const trial = await pausingTrial();
    await trial.invoke(onPause);
    trial.twin.log.length = 0;
    const { answer, error } = await trial.invoke(onResume, event);

    if (how === "throws") expect(error).toMatchObject({ code: "USAGE" });
    else expect(answer?.statusCode).toBe(how);
    expect(trial.changes()).toEqual([]);
  });
});

const ALL: Invoking["env"] & object = { DRY_RUN: "false", EVENKEEL_SELECTION: '{"regions":["eu-west-1","us-east-1"]}' };

it.each([10, 60, 200, 400])("cut off after %s s, it comes to the same end by the next invocations", async (seconds) => {
  const trial = await pausingTrial();
  await trial.invoke(onPause, {}, { env: ALL });
  const first = await trial.invoke(onResume, {}, { env: ALL, seconds: [seconds - 5, seconds] });
  expect(first.error).toMatchObject({ code: "CANCELLED" });
  const second = await trial.invoke(onResume, {}, { env: ALL, container: "b" });

  expect(second.error).toBeUndefined();
  expect(await armedIn(trial)).toEqual([]);
});

it("of two at once nothing is started twice, and what is not back stays armed", async () => {
  const trial = await pausingTrial();
  await trial.invoke(onPause, {}, { env: ALL });
  const both = await Promise.all(["a", "b"].map((container) => trial.invoke(onResume, {}, { env: ALL, container })));
  for (const { error } of both) expect(error).toBeUndefined();
  await trial.invoke(onResume, {}, { env: ALL });

  expect(await armedIn(trial)).toEqual([]);
});
