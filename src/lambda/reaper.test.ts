import {
  CreateKeyPairCommand,
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeInstancesCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { ACCOUNT, testAccount } from "../../tests/contract/account.ts";
import { build, disk, instance, key, present, type ReapTrial, reapTrial, uuidAt } from "../../tests/contract/builds.ts";
import { type FunctionTrial, functionTrial, scheduledEvent } from "../../tests/contract/function-trial.ts";
import { memoryStore } from "../../tests/contract/memory-store.ts";
import type { Message } from "../io/host.ts";
import { region } from "../model/brand.ts";
import { listRecords } from "../store/records.ts";
import { listRuns } from "../store/runs.ts";
import { FAULTS } from "../twin/faults.ts";
import { emptyWorld } from "../twin/world.ts";
import { executeResume, prepareResume } from "../verbs/resume/resume.ts";
import type { Env } from "./door.ts";
import { onReap } from "./reaper.ts";

const LIVE: Env = { DRY_RUN: "false" };

/** An account with a build that failed three hours ago. */
async function failedBuild(env: Env = LIVE) {
  const trial = await reapTrial();
  const zombie = await build(trial);
  const healthy = await instance(trial);
  await trial.hours(3);
  const made = await functionTrial(trial.account, env, trial.context.store as never);
  trial.account.calls.length = 0;
  return { trial, zombie, healthy, ...made };
}

const ids = (trial: ReapTrial) => present(trial);
const changes = ({ account }: ReapTrial) =>
  account.calls.filter((call) => /:(Terminate|Delete|Create|Put|Modify|Stop|Release|Remove|Detach)/.test(call));

it("removes what failed builds have left, and tells of it", async () => {
  const { trial, zombie, healthy, context, published, measured } = await failedBuild();
  const answer = await onReap(scheduledEvent(), context);
  const there = await ids(trial);
  const [mail] = published();

  expect([zombie.id, zombie.key, zombie.group, healthy].map((id) => there.has(id))).toEqual([
    false,
    false,
    false,
    true,
  ]);
  expect(answer).toMatchObject({ statusCode: 200, body: expect.stringContaining("(live): 5 removed in account") });
  expect(mail?.Subject).toContain("Evenkeel reap (live)");
  expect(mail?.Message).toContain(zombie.id);
  expect(mail?.MessageAttributes).toMatchObject({
    event: { StringValue: "reap" },
    account: { StringValue: "111111111111" },
    region: { StringValue: "eu-west-1" },
    mode: { StringValue: "live" },
    deferred: { StringValue: "0" },
  });
  expect(Object.fromEntries(measured)).toMatchObject({ ResourcesRemoved: 5, ResourcesDeferred: 0, ResourcesFailed: 0 });
  expect(Number(Object.fromEntries(measured).MoneyReclaimed)).toBeGreaterThan(0);
  expect(Number(Object.fromEntries(measured).ResourcesScanned)).toBeGreaterThan(4);
});

it("keeps the whole report in the store", async () => {
  const { zombie, context, store } = await failedBuild();
  await onReap({}, context);
  const [path = ""] = [...store.objects.keys()].filter((each) => each.includes("/reports/"));

  expect(path).toMatch(/^accounts\/111111111111\/reports\/reap-\w+-1\.txt$/);
  expect(store.objects.get(path)?.toString()).toContain(zombie.id);
});

it.each([undefined, "", "true", "ture", "FALSE", "False", " false", "0"])(
  "changes nothing and says so with DRY_RUN %j",
  async (DRY_RUN) => {
    const { trial, zombie, context, published, measured } = await failedBuild({ DRY_RUN });
    const { body } = await onReap(scheduledEvent(), context);

    expect(body).toContain("(dry run): 5 would be removed");
    expect(changes(trial)).toEqual([]);
    expect((await ids(trial)).has(zombie.id)).toBe(true);
    expect(published()[0]?.MessageAttributes).toMatchObject({
      mode: { StringValue: "dry-run" },
      removed: { StringValue: "0" },
    });
    expect(measured.map(([name]) => name)).toEqual(["ResourcesScanned", "ListingsIncomplete"]);
  },
);

it("tells nobody where there is no news", async () => {
  const { context, published, store } = await failedBuild();
  await onReap(scheduledEvent(), context);
  const { body } = await onReap(scheduledEvent(), context);

  expect(body).toContain("nothing to do");
  expect(published()).toHaveLength(1);
  expect([...store.objects.keys()].filter((each) => each.includes("/reports/"))).toHaveLength(1);
});

it.each([
  [{ MAX_INSTANCE_AGE_HOURS: "0" }],
  [{ MAX_INSTANCE_AGE_HOURS: "two" }],
  [{ MAX_RESOURCE_AGE_HOURS: "-1" }],
  [{ KEY_PAIR_PATTERN: "" }],
  [{ CONFIRM_RUNS: "3" }],
  [{ EVENKEEL_SELECTION: "{" }],
  [{ EVENKEEL_SELECTION: '{"regions":["Ireland"]}' }],
  [{ EVENKEEL_POLICIES: "[]" }],
  [{ EVENKEEL_POLICY: "paker" }],
])("does nothing at all with %j", async (env) => {
  const { trial, context } = await failedBuild({ ...LIVE, ...env });

  await expect(onReap(scheduledEvent(), context)).rejects.toMatchObject({ code: "USAGE" });
  expect(trial.account.calls).toEqual([]);
});

it("takes 1 for a bad batch size, with a warning, and goes on", async () => {
  const { trial, zombie, context, host } = await failedBuild({ ...LIVE, BATCH_DELETE_SIZE: "many" });
  await onReap(scheduledEvent(), context);

  expect(host.texts("warning")).toEqual([expect.stringContaining("BATCH_DELETE_SIZE")]);
  expect((await ids(trial)).has(zombie.id)).toBe(false);
});

it.each([
  ["of a bucket", { Records: [{ eventSource: "aws:s3" }] }],
  ["of a change", scheduledEvent({ "detail-type": "EC2 Instance State-change Notification", source: "aws.ec2" })],
  ["of another account", scheduledEvent({ account: "999999999999" })],
  ["that is a text", "{"],
  ["that is a list", []],
  ["that is a number", 7],
  ["of the console's test", { key1: "value1" }],
])("refuses an event %s", async (_, event) => {
  const { trial, context, host } = await failedBuild();

  expect(await onReap(event, context)).toMatchObject({ statusCode: 403 });
  expect(trial.account.calls).toEqual([]);
  expect(host.texts("warning")).toEqual([expect.stringContaining("refused")]);
});

it.each([
  ["empty", {}],
  ["null", null],
  ["none", undefined],
  ["of the EventBridge Scheduler", scheduledEvent({ source: "aws.scheduler", resources: [] })],
])("takes an event that is %s for a run", async (_, event) => {
  const { trial, zombie, context } = await failedBuild();

  expect(await onReap(event, context)).toMatchObject({ statusCode: 200 });
  expect((await ids(trial)).has(zombie.id)).toBe(false);
});

it("leaves other regions alone unless they are named", async () => {
  const { trial, zombie, context } = await failedBuild();
  const elsewhere = { ...context, connection: { ...context.connection, defaultRegion: "us-east-1" as never } };
  const { body } = await onReap({}, elsewhere);
  const env = { ...LIVE, EVENKEEL_SELECTION: '{"regions":["eu-west-1"]}' };

  expect(body).toMatch(/nothing to do in account 111111111111, us-east-1$/);
  expect((await ids(trial)).has(zombie.id)).toBe(true);
  await onReap({}, { ...elsewhere, env });
  expect((await ids(trial)).has(zombie.id)).toBe(false);
});

it("begins nothing new when the time is nearly over, says what is deferred, and does it in the next run", async () => {
  const { trial, zombie, context, host, published, signal } = await failedBuild();
  const { tell } = host;
  Object.assign(host, {
    tell: (message: Message) => {
      tell(message);
      // The first step has ended.
      if (message.kind === "progress" && message.task === "reap") signal.abort(new Error("nearly over"));
    },
  });
  const { body } = await onReap({}, context);
  const there = await ids(trial);

  expect([there.has(zombie.id), there.has(zombie.key)]).toEqual([false, true]);
  expect(body).toMatch(/3 removed, 2 deferred/);
  expect(published()[0]?.Message).toContain("not begun: the run was stopped before");
  await onReap({}, (await functionTrial(trial.account, LIVE)).context);
  expect((await ids(trial)).has(zombie.key)).toBe(false);
});

it("begins nothing when the plan has taken all the time", async () => {
  const { trial, context, store, signal, published } = await failedBuild();
  const { write } = store;
  Object.assign(store, {
    write: (...given: Parameters<typeof write>) => {
      // Looking up prices is the last of planning.
      if (given[0].startsWith("prices/")) signal.abort(new Error("nearly over"));
      return write(...given);
    },
  });
  const { body } = await onReap({}, context);

  expect(body).toMatch(/\(live\): 3 deferred/);
  expect(published()[0]?.MessageAttributes).toMatchObject({ removed: { StringValue: "0" } });
  expect(changes(trial)).toEqual([]);
});

it("changes nothing when there is no time at all", async () => {
  const { trial, context, signal } = await failedBuild();
  signal.abort(new Error("nearly over"));

  await expect(onReap({}, context)).rejects.toThrow("nearly over");
  expect(changes(trial)).toEqual([]);
});

it("tells what it knows when the time is over while something is under way", async () => {
  const { trial, zombie, context, published, over, store } = await failedBuild();
  const write = store.append;
  Object.assign(store, {
    append: async (path: string, line: string) => {
      await write(path, line);
      // The intent of the first step: what becomes of it nobody hears.
      if (line.includes('"intent"')) over.abort(new Error("over"));
    },
  });
  const { body } = await onReap({}, context);

  expect(body).toMatch(/\(live\): .*deferred/);
  expect(published()[0]?.Message).toContain("under way when the time was over");
  expect(published()[0]?.Message).toContain(zombie.id);
  await trial.hours(1);
  await onReap({}, (await functionTrial(trial.account, LIVE)).context);
  expect((await ids(trial)).has(zombie.key)).toBe(false);
});

it("does no harm when two run at once", async () => {
  const { trial, zombie, healthy, context } = await failedBuild();
  const other = await functionTrial(trial.account, LIVE, trial.context.store as never);
  const answers = await Promise.all([onReap({}, context), onReap({}, other.context)]);
  const there = await ids(trial);

  expect([zombie.id, zombie.key, zombie.group, healthy].map((id) => there.has(id))).toEqual([
    false,
    false,
    false,
    true,
  ]);
  for (const { body } of answers) expect(body).not.toContain("failed");
});

it("tells what failed and what waits for it, and counts neither as removed", async () => {
  const { trial, context, published, measured } = await failedBuild();
  trial.account.twin.faults = [{ ...FAULTS.denied, operation: "TerminateInstances" }];
  const { body } = await onReap({}, context);

  expect(body).toMatch(/2 deferred, 1 failed|3 deferred, 1 failed/);
  expect(published()[0]?.Message).toContain("not authorized");
  expect(Object.fromEntries(measured)).toMatchObject({ ResourcesRemoved: 0, ResourcesFailed: 1 });
});

it("fails, so that an alarm rings, when nobody could be told; what was done is done", async () => {
  const { trial, zombie, context, measured } = await failedBuild();
  trial.account.twin.faults = [{ ...FAULTS.denied, operation: "Publish" }];

  await expect(onReap({}, context)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
  expect((await ids(trial)).has(zombie.id)).toBe(false);
  expect(measured).toContainEqual(["NotificationsFailed", 1]);
});

it("cuts a message that is too long, and points to the whole", async () => {
  const { trial, context, published, store } = await failedBuild({});
  for (let number = 0; number < 1_100; number++) await key(trial, `${trial.name("packer_")}-${"x".repeat(200)}`);
  await trial.hours(3);
  await onReap({}, context);
  const { Message = "" } = published()[0] ?? {};
  const [path = ""] = [...store.objects.keys()].filter((each) => each.includes("/reports/"));

  expect(Buffer.byteLength(Message)).toBeLessThanOrEqual(262_144);
  expect(Message.slice(-200)).toMatch(
    /\[cut; the whole: memory:\/accounts\/111111111111\/reports\/reap-\w+-plan\.txt\]$/,
  );
  expect(store.objects.get(path)?.length).toBeGreaterThan(262_144);
  // Eleven hundred keys are made and looked at one by one, for seconds.
}, 60_000);

it("tells that a live run would be refused", async () => {
  const { trial, context, published } = await failedBuild({});
  for (let number = 0; number < 60; number++) await key(trial, trial.name("packer_"));
  await trial.hours(3);
  await onReap({}, context);

  expect(published()[0]?.Message).toContain("A live run would be refused: guard max-removals");
  const live = { ...context, env: { ...context.env, DRY_RUN: "false" } };
  trial.account.calls.length = 0;
  await expect(onReap({}, live)).rejects.toMatchObject({ code: "REFUSED" });
  expect(changes(trial)).toEqual([]);
});

it("works in another partition as it does in this one", async () => {
  const world = { ...emptyWorld([ACCOUNT]), partition: "aws-cn" };
  Object.assign(world.accounts[ACCOUNT] ?? {}, { enabledRegions: ["cn-north-1"] });
  const account = await testAccount({ world });
  const china = region("cn-north-1");
  const KeyName = `packer_${uuidAt(Date.parse(world.startedAt))}`;
  await account.send(EC2Client, new CreateKeyPairCommand({ KeyName }), china);
  await account.twin.clock.sleep(3 * 3_600_000);
  const { context, published } = await functionTrial(account, LIVE, undefined, china);
  const { body } = await onReap(scheduledEvent({ region: "cn-north-1" }), context);

  expect(context.connection.partition).toBe("aws-cn");
  expect(context.env.SNS_TOPIC_ARN).toMatch(/^arn:aws-cn:sns:cn-north-1:/);
  expect(body).toContain("1 removed in account 111111111111, cn-north-1");
  expect(published()[0]?.Message).toContain(KeyName);
  expect(new Set(account.twin.log.map((call) => call.region))).toEqual(new Set(["cn-north-1"]));
});

const policy = (action: string, type = "ec2:volume") => JSON.stringify({ mine: { match: { type: [type] }, action } });

it("tells what a policy only reports", async () => {
  const { trial, context, published } = await failedBuild({
    ...LIVE,
    EVENKEEL_POLICY: "mine",
    EVENKEEL_POLICIES: policy("report"),
  });
  const left = await disk(trial);
  const { body } = await onReap({}, context);

  expect(body).toMatch(/\d reported/);
  expect(published()[0]?.Message).toContain(left);
  expect(changes(trial)).toEqual([]);
});

it("pauses by a policy that pauses, and tells how that is put back", async () => {
  const env = { EVENKEEL_POLICY: "mine", EVENKEEL_POLICIES: policy("pause", "ec2:instance") };
  const { trial, healthy, context, published, measured } = await failedBuild({ ...LIVE, ...env });
  const { body } = await onReap({}, context);

  expect(body).toContain("2 paused");
  expect(published()[0]?.Message).toMatch(/All of it is put back by: evenkeel resume --record r-/);
  expect(published()[0]?.Message).toContain(healthy);
  expect(Object.fromEntries(measured)).toMatchObject({ ResourcesPaused: 2, ResourcesRemoved: 0 });
  expect((await ids(trial)).has(healthy)).toBe(true);
  expect(new Set(changes(trial))).toEqual(new Set(["ec2:StopInstances"]));
});

describe("a pause that an earlier run had to leave", () => {
  const NIGHT = JSON.stringify({ mine: { match: { type: ["ec2:instance"], tags: ["env=dev"] }, action: "pause" } });
  const env = { ...LIVE, EVENKEEL_POLICY: "mine", EVENKEEL_POLICIES: NIGHT };

  /** Three instances that the policy finds, and hours of the reaper. */
  async function night() {
    const trial = await reapTrial();
    const tag = (...Resources: string[]) =>
      trial.account.send(EC2Client, new CreateTagsCommand({ Resources, Tags: [{ Key: "env", Value: "dev" }] }));
    const dev = [await instance(trial), await instance(trial), await instance(trial)];
    await tag(...dev);
    await trial.hours(1);
    const store = memoryStore();
    const hour = async (more: Env = {}, change: (made: FunctionTrial) => object = () => ({})) => {
      trial.account.calls.length = 0;
      trial.account.twin.log.length = 0;
      const made = await functionTrial(trial.account, { ...env, ...more }, store);
      const context = { ...made.context, ...change(made) };
      const { body } = await onReap({}, context);
      const told = made.published().map(({ Message = "" }) => Message);
      await trial.hours(1);
      return { body, told, measured: Object.fromEntries(made.measured), warnings: made.host.texts("warning").join() };
    };
    const states = async () => {
      const answer = await trial.account.send(EC2Client, new DescribeInstancesCommand({ InstanceIds: dev }));
      const all = (answer.Reservations ?? []).flatMap(({ Instances = [] }) => Instances);
      return dev.map((id) => all.find(({ InstanceId }) => InstanceId === id)?.State?.Name);
    };
    const records = async () => (await listRecords(store, ACCOUNT as never)).map(({ armed }) => armed);
    const runs = () => listRuns(store, ACCOUNT as never, "pause-");
    return { trial, dev, store, hour, states, records, runs };
  }
  const DENIED = [{ ...FAULTS.denied, operation: "StopInstances" }];
  const RUNNING = ["running", "running", "running"];
  const STOPPED = ["stopped", "stopped", "stopped"];

  it("is tried again by the next run when it failed, in the same run of the same record", async () => {
    const { trial, hour, states, records, runs, dev } = await night();
    trial.account.twin.faults = DENIED;
    const first = await hour();
    const again = await hour();
    trial.account.twin.faults = [];
    const third = await hour();
    const fourth = await hour();

    expect([first.body, again.body].join()).toMatch(/3 failed.*3 failed/);
    expect(third.body).toContain("3 paused");
    expect(third.told[0]).toContain(dev[0]);
    expect(third.told[0]).toMatch(/put back by: evenkeel resume --record r-/);
    expect(third.told[0]).not.toContain("an armed record already holds it");
    expect(third.measured).toMatchObject({ ResourcesPaused: 3, ResourcesFailed: 0 });
    expect(fourth.body).toContain("nothing to do");
    expect(fourth.told).toEqual([]);
    expect(await states()).toEqual(STOPPED);
    expect(await records()).toEqual([true]);
    expect(await runs()).toHaveLength(1);
  });

  it("is gone on with by the next run when it was cut off, and what is done stays so", async () => {
    const { trial, hour, states, records, runs } = await night();
    await hour({ BATCH_DELETE_SIZE: "1" }, ({ host, signal }) => ({
      host: {
        ...host,
        tell: (message: Message) => {
          if (message.kind === "progress" && message.task === "pause") signal.abort(new Error("nearly over"));
        },
      },
    }));
    const before = (await states()).filter((state) => state === "stopped").length;
    const second = await hour();

    expect(before).toBe(1);
    expect(second.body).toContain("2 paused");
    expect(changes(trial).filter((call) => call === "ec2:StopInstances").length).toBeLessThanOrEqual(2);
    expect(await states()).toEqual(STOPPED);
    expect([await records(), (await runs()).length]).toEqual([[true], 1]);
  });

  it("is gone on with after the function died in the middle", async () => {
    const { hour, states, records, store } = await night();
    const { append } = store;
    await hour({}, ({ over, signal }) => {
      const dies: typeof append = async (path, line) => {
        await append(path, line);
        if (!line.includes('"intent"')) return;
        signal.abort(new Error("over"));
        over.abort(new Error("over"));
      };
      return { store: { ...store, append: dies } };
    });
    const second = await hour();

    expect(second.body).not.toContain("failed");
    expect(await states()).toEqual(STOPPED);
    expect(await records()).toEqual([true]);
  });

  it("leaves what the policy finds no more, and does the rest", async () => {
    const { trial, dev, hour, states } = await night();
    trial.account.twin.faults = DENIED;
    await hour();
    trial.account.twin.faults = [];
    const Tags = [{ Key: "env" }];
    await trial.account.send(EC2Client, new DeleteTagsCommand({ Resources: [dev[1] ?? ""], Tags }));
    const { body, told } = await hour();
    const after = await hour();

    expect(body).toMatch(/2 paused, 1 deferred/);
    expect(told[0]).toContain("no policy finds it now");
    expect(await states()).toEqual(["stopped", "running", "stopped"]);
    // It is settled: nobody hears of it every hour.
    expect(after.told).toEqual([]);
  });

  it.each([
    ["in a dry run", { DRY_RUN: "true" }],
    ["by a policy that pauses no more", { EVENKEEL_POLICIES: NIGHT.replace("pause", "report") }],
    ["by a policy that finds none of it", { EVENKEEL_POLICIES: NIGHT.replace("env=dev", "env=test") }],
  ])("is not gone on with %s", async (_, more) => {
    const { trial, hour, states } = await night();
    trial.account.twin.faults = DENIED;
    await hour();
    trial.account.twin.faults = [];
    await hour(more);

    expect(changes(trial)).toEqual([]);
    expect(await states()).toEqual(RUNNING);
  });

  it("is left to whoever else has begun it", async () => {
    const { trial, hour, states, store } = await night();
    trial.account.twin.faults = DENIED;
    const { context } = await functionTrial(trial.account, env, store);
    await onReap({}, { ...context, from: { ...context.from, where: "command line" } });
    trial.account.twin.faults = [];
    const { warnings } = await hour();

    expect([changes(trial), warnings]).toEqual([[], ""]);
    expect(await states()).toEqual(RUNNING);
  });

  it("is left when a resume has begun, and one pass of it left something", async () => {
    const { trial, hour, states, store } = await night();
    trial.account.twin.faults = [{ ...FAULTS.denied, operation: "StopInstances", skip: 1 }];
    await hour();
    trial.account.twin.faults = [{ ...FAULTS.denied, operation: "StartInstances" }];
    const { context } = await functionTrial(trial.account, env, store);
    await executeResume(context, await prepareResume(context, undefined));
    trial.account.twin.faults = [];
    const before = await states();
    const { warnings } = await hour();

    expect(before.filter((state) => state === "stopped")).toHaveLength(1);
    expect(warnings).toContain("has begun to put back what it paused");
    expect(changes(trial)).toEqual([]);
    expect(await states()).toEqual(before);
  });
});
