import {
  CreateDBInstanceReadReplicaCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  RDSClient,
  StartDBInstanceCommand,
  StopDBInstanceCommand,
} from "@aws-sdk/client-rds";
import { describe, expect, it } from "vitest";
import { type Invoking, type PausingTrial, pausingTrial, STAGING } from "../../tests/contract/pausing-trial.ts";
import { parseJournal } from "../engine/journal.ts";
import { region } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";
import { listRecords } from "../store/records.ts";
import { readRestart } from "../store/restarts.ts";
import { listRuns, runLines } from "../store/runs.ts";
import { FAULTS } from "../twin/faults.ts";
import { executeResume, prepareResume } from "../verbs/resume/resume.ts";
import { onPause } from "./pause.ts";
import { onDatabase } from "./stay-stopped.ts";

const THERE = region("us-east-1");
const SELECTION = JSON.stringify({ type: ["rds:db", "rds:cluster"], regions: [THERE] });
const ENV = { DRY_RUN: "false", EVENKEEL_SELECTION: SELECTION };
const ORDERS = `arn:aws:rds:us-east-1:${STAGING}:db:orders`;
const ANALYTICS = `arn:aws:rds:us-east-1:${STAGING}:cluster:analytics`;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/* Made after the samples of the RDS user guide ("Creating a rule that triggers on an Amazon RDS event"). */
function rdsEvent(kind: "db" | "cluster", EventID: string, at: number, more: object = {}, detail: object = {}): object {
  const arn = kind === "db" ? ORDERS : ANALYTICS;
  const Date_ = new Date(at).toISOString();
  return {
    version: "0",
    id: "844e2571-85d4-695f-b930-0153b71dcb42",
    "detail-type": kind === "db" ? "RDS DB Instance Event" : "RDS DB Cluster Event",
    source: "aws.rds",
    account: STAGING,
    time: `${Date_.slice(0, 19)}Z`,
    region: "us-east-1",
    resources: [arn],
    detail: {
      EventCategories: ["notification"],
      SourceType: kind === "db" ? "DB_INSTANCE" : "CLUSTER",
      SourceArn: arn,
      Date: Date_,
      Message: "DB instance is being started due to it exceeding the maximum allowed time being stopped.",
      SourceIdentifier: arn.slice(arn.lastIndexOf(":") + 1),
      EventID,
      ...detail,
    },
    ...more,
  };
}

interface Paused extends PausingTrial {
  readonly record: string;
  /** The state of orders and of the cluster. */
  states(): Promise<(string | undefined)[]>;
  /** The same when they have had time to come to rest. */
  rests(): Promise<(string | undefined)[]>;
  send(command: { readonly input: object }): Promise<unknown>;
  event(event: object, how?: Invoking): ReturnType<PausingTrial["invoke"]>;
}

/** Databases that were paused, and that AWS has started again after seven days. */
async function started(): Promise<Paused> {
  const trial = await starting();
  // The twin begins a start when it is next looked at.
  await trial.states();
  await trial.twin.clock.sleep(10 * MINUTE_MS);
  expect(await trial.states()).toEqual(["available", "available"]);
  trial.twin.log.length = 0;
  return trial;
}

/** The same at the moment in which AWS begins to start them. */
async function starting(): Promise<Paused> {
  const trial = await pausingTrial();
  await trial.invoke(onPause, {}, { env: ENV });
  const [known] = await listRecords(trial.store, STAGING as never);
  const { connection } = await trial.open();
  const rds = connection.client(RDSClient, THERE, "write");
  const states = async () => [
    (await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: "orders" }))).DBInstances?.[0]
      ?.DBInstanceStatus,
    (await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: "analytics" }))).DBClusters?.[0]?.Status,
  ];
  const paused: Paused = {
    ...trial,
    record: known?.kind === "readable" ? known.record.id : "",
    states,
    rests: async () => {
      await trial.twin.clock.sleep(10 * MINUTE_MS);
      return states();
    },
    send: (command) => rds.send(command as never),
    event: (event, how = {}) => trial.invoke(onDatabase, event, { env: ENV, ...how }),
  };
  expect(await paused.states()).toEqual(["stopped", "stopped"]);
  await trial.twin.clock.sleep(7 * DAY_MS);
  trial.twin.log.length = 0;
  return paused;
}

const EVENTS = [
  ["db", "RDS-EVENT-0154", "RDS-EVENT-0088", "StopDBInstance"],
  ["cluster", "RDS-EVENT-0153", "RDS-EVENT-0151", "StopDBCluster"],
] as const;

describe.each(EVENTS)("a %s that AWS has started after seven days", (kind, announced, up, operation) => {
  it("is stopped again when it is up, by the record that says that it is paused", async () => {
    const trial = await started();
    const { clock } = trial.twin;
    const first = await trial.event(rdsEvent(kind, announced, clock.now()));
    // Its being up may be told before its announcement: what is up then was started by AWS.
    const second = await trial.event(rdsEvent(kind, up, clock.now()));

    expect(trial.changes()).toEqual([operation]);
    expect((await trial.states())[kind === "db" ? 0 : 1]).toBe("stopping");
    // Told a moment after it was stopped again, its being up is nobody's doing.
    const late = await trial.event(rdsEvent(kind, up, clock.now() + 2000));
    expect(late.news).toEqual([]);
    expect((await trial.rests())[kind === "db" ? 0 : 1]).toBe("stopped");
    expect([...first.news, ...second.news].map(({ subject }) => subject)).toEqual([
      expect.stringContaining("stops again"),
    ]);
    const records = await listRecords(trial.store, STAGING as never);
    expect(records.map(({ armed }) => armed)).toEqual([true]);
    const runs = await listRuns(trial.store, STAGING as never, "pause-");
    expect(runs.map((run) => run.slice(-2))).toEqual(["-1", "-2"]);
    const { lines } = parseJournal(await runLines(trial.store, STAGING as never, runs[1] ?? ""));
    expect(lines.map((line) => line.kind)).toEqual(["begin", "intent", "outcome", "end"]);
    expect(lines[0]).toMatchObject({ record: trial.record });
  });

  it("is not waited for: it ends when AWS has accepted the stop, and its journal tells what proves that", async () => {
    const trial = await started();
    const { clock } = trial.twin;
    const began = clock.now();
    const { answer } = await trial.event(rdsEvent(kind, announced, began));
    const seconds = (clock.now() - began) / 1000;

    expect((await trial.states())[kind === "db" ? 0 : 1]).toBe("stopping");
    expect(seconds).toBeLessThan(20);
    expect(answer?.body).toMatch(/is being stopped again, .*: AWS has accepted it: it is stopping$/);
    const [, run = ""] = await listRuns(trial.store, STAGING as never, "pause-");
    const { lines } = parseJournal(await runLines(trial.store, STAGING as never, run));
    expect(lines.find((line) => line.kind === "outcome")).toMatchObject({
      outcome: { kind: "applied", reason: "AWS has accepted it: it is stopping" },
      requestIds: [expect.any(String)],
    });
    expect(
      await readRestart(trial.store, STAGING as never, (kind === "db" ? ORDERS : ANALYTICS) as never),
    ).toHaveProperty("ended");
  });

  it("comes back by a resume that begins while it still stops", async () => {
    const trial = await started();
    await trial.event(rdsEvent(kind, announced, trial.twin.clock.now()));
    const context = await trial.open();
    const { closed } = await executeResume(context, await prepareResume(context, trial.record));

    expect(closed).toBe(true);
    expect((await trial.states())[kind === "db" ? 0 : 1]).toBe("available");
  });

  it("is left when nothing was announced: a person has started it, who is told", async () => {
    const trial = await started();
    const { news } = await trial.event(rdsEvent(kind, up, trial.twin.clock.now()));

    expect(trial.changes()).toEqual([]);
    expect(news.map(({ subject }) => subject)).toEqual([expect.stringContaining("left running")]);
    expect(news[0]?.text).toContain(`evenkeel resume --record ${trial.record}`);
  });
});

it("leaves the record as readable from its copy as it was", async () => {
  const trial = await started();
  await trial.event(rdsEvent("db", "RDS-EVENT-0154", trial.twin.clock.now()));
  for (const path of trial.store.objects.keys()) if (path.includes("/records/")) trial.store.objects.delete(path);
  const context = await trial.open();
  const { record, damage } = await prepareResume(context, trial.record);

  expect(damage?.copy).toMatch(/-1$/);
  expect(record.plan.steps.map(({ target }) => target.id).sort()).toEqual(["analytics", "orders"]);
});

describe("events in their order", () => {
  it("remembers the announcement while the database starts, and stops it when it is up", async () => {
    const trial = await starting();
    const began = trial.twin.clock.now();
    const first = await trial.event(rdsEvent("cluster", "RDS-EVENT-0153", began));
    expect(first.answer?.body).toContain("when it is up");
    expect(first.news).toEqual([]);
    expect(trial.changes()).toEqual([]);
    await trial.twin.clock.sleep(6 * MINUTE_MS);
    await trial.event(rdsEvent("cluster", "RDS-EVENT-0151", trial.twin.clock.now()));

    expect(trial.changes()).toEqual(["StopDBCluster"]);
    expect((await trial.rests())[1]).toBe("stopped");
  });

  it("does nothing for what comes twice, whatever happened since", async () => {
    const trial = await started();
    const began = trial.twin.clock.now();
    const events = [rdsEvent("db", "RDS-EVENT-0154", began), rdsEvent("db", "RDS-EVENT-0088", began + 1000)];
    for (const event of events) await trial.event(event);
    expect(trial.changes()).toEqual(["StopDBInstance"]);
    await trial.rests();
    // Somebody needs it.
    await trial.send(new StartDBInstanceCommand({ DBInstanceIdentifier: "orders" }));
    await trial.twin.clock.sleep(10 * MINUTE_MS);
    trial.twin.log.length = 0;
    for (const event of events.toReversed()) expect((await trial.event(event)).news).toEqual([]);
    const own = await trial.event(rdsEvent("db", "RDS-EVENT-0088", trial.twin.clock.now()));

    expect(own.news.map(({ subject }) => subject)).toEqual([expect.stringContaining("left running")]);
    expect(trial.changes()).toEqual([]);
  });

  it.each([
    ["began before it was announced", -1],
    ["is a day later", 25 * 60],
  ])("leaves a start that %s", async (_, minutes) => {
    const trial = await starting();
    const began = trial.twin.clock.now();
    await trial.event(rdsEvent("cluster", "RDS-EVENT-0153", began));
    await trial.twin.clock.sleep(6 * MINUTE_MS);
    await trial.event(rdsEvent("cluster", "RDS-EVENT-0151", began + minutes * MINUTE_MS));

    expect(trial.changes()).toEqual([]);
  });

  it("does nothing for an announcement of last week", async () => {
    const trial = await started();
    await trial.event(rdsEvent("db", "RDS-EVENT-0154", trial.twin.clock.now() - 7 * DAY_MS));

    expect(trial.changes()).toEqual([]);
  });

  it("stops it again each time that AWS starts it", async () => {
    const trial = await started();
    for (let week = 0; week < 3; week++) {
      await trial.event(rdsEvent("db", "RDS-EVENT-0154", trial.twin.clock.now()));
      await trial.event(rdsEvent("db", "RDS-EVENT-0088", trial.twin.clock.now()));
      expect((await trial.rests())[0]).toBe("stopped");
      await trial.twin.clock.sleep(7 * DAY_MS);
      expect((await trial.states())[0]).toBe("available");
    }
    expect(trial.changes()).toEqual(["StopDBInstance", "StopDBInstance", "StopDBInstance"]);
  });
});

describe("what speaks against it", () => {
  const announce = (trial: Paused, how?: Invoking) =>
    trial.event(rdsEvent("db", "RDS-EVENT-0154", trial.twin.clock.now()), how);

  it("a record that was closed meanwhile", async () => {
    const trial = await started();
    const context = await trial.open();
    await executeResume(context, await prepareResume(context, trial.record));
    trial.twin.log.length = 0;
    const { news } = await announce(trial);

    expect(trial.changes()).toEqual([]);
    expect(news).toEqual([]);
  });

  it("a resume that has begun, and not put everything back", async () => {
    const trial = await started();
    const context = await trial.open();
    await trial.send(new StopDBInstanceCommand({ DBInstanceIdentifier: "orders" }));
    await trial.twin.clock.sleep(10 * MINUTE_MS);
    trial.twin.faults = [{ ...FAULTS.denied, service: "rds", operation: "StartDBInstance" }];
    await executeResume(context, await prepareResume(context, trial.record));
    trial.twin.faults = [];
    await trial.send(new StartDBInstanceCommand({ DBInstanceIdentifier: "orders" }));
    await trial.twin.clock.sleep(10 * MINUTE_MS);
    trial.twin.log.length = 0;
    const { news } = await announce(trial);

    expect(news[0]?.text).toContain("has begun to put back");
    expect(trial.changes()).toEqual([]);
  });

  it("a record that has expired and is to be resumed then", async () => {
    const trial = await pausingTrial();
    await trial.invoke(onPause, { expires: "5d", onExpiry: "resume" }, { env: ENV });
    await trial.twin.clock.sleep(7 * DAY_MS);
    trial.twin.log.length = 0;
    const event = rdsEvent("db", "RDS-EVENT-0154", trial.twin.clock.now());
    const { news } = await trial.invoke(onDatabase, event, { env: ENV });

    expect(news[0]?.text).toContain("is to be resumed then");
    expect(trial.changes()).toEqual([]);
  });

  it("a replica that it has got meanwhile", async () => {
    const trial = await started();
    const replica = { DBInstanceIdentifier: "orders-copy", SourceDBInstanceIdentifier: "orders" };
    await trial.send(new CreateDBInstanceReadReplicaCommand(replica));
    trial.twin.log.length = 0;
    const { news } = await announce(trial);

    expect(news[0]?.text).toContain("it has read replicas (orders-copy)");
    expect(trial.changes()).toEqual([]);
  });

  it("a tag that protects it", async () => {
    const trial = await started();
    const { connection } = await trial.open();
    const { AddTagsToResourceCommand } = await import("@aws-sdk/client-rds");
    const tag = { Key: "evenkeel:protect", Value: "true" };
    await connection
      .client(RDSClient, THERE, "write")
      .send(new AddTagsToResourceCommand({ ResourceName: ORDERS, Tags: [tag] }));
    trial.twin.log.length = 0;
    await announce(trial);

    expect(trial.changes()).toEqual([]);
  });

  it("a dry run, which only tells", async () => {
    const trial = await started();
    const { news } = await announce(trial, { env: { ...ENV, DRY_RUN: "False" } });

    expect(news.map(({ subject }) => subject)).toEqual([expect.stringContaining("would stop again")]);
    expect(trial.changes()).toEqual([]);
  });

  it("a record that is damaged", async () => {
    const trial = await started();
    for (const [path, content] of trial.store.objects)
      if (/\/records\/|plan[.]json$/.test(path)) trial.store.objects.set(path, content.subarray(0, 200));
    const { news } = await announce(trial);

    expect(news[0]?.text).toContain("damaged");
    expect(trial.changes()).toEqual([]);
  });
});

it.each([
  ["of another account", { account: "999999999999" }],
  ["of another region than its database", { region: "eu-west-1" }],
  ["of another source", { source: "aws.ec2" }],
  ["of another type", { "detail-type": "RDS DB Snapshot Event" }],
  ["without a detail", { detail: undefined }],
])("refuses an event %s", async (_, more) => {
  const trial = await started();
  const { answer } = await trial.event(rdsEvent("db", "RDS-EVENT-0154", trial.twin.clock.now(), more));

  expect(answer?.statusCode).toBe(403);
  expect(trial.changes()).toEqual([]);
});

it.each([
  ["that tells something else", { EventID: "RDS-EVENT-0087" }],
  ["of a cluster's number", { EventID: "RDS-EVENT-0153" }],
  ["with the name of a method", { EventID: "constructor" }],
  ["of a cluster", { SourceArn: ANALYTICS }],
  ["of another account's database", { SourceArn: ORDERS.replace(STAGING, "999999999999") }],
  ["of another region's database", { SourceArn: ORDERS.replace("us-east-1", "eu-west-1") }],
  ["of another partition's database", { SourceArn: ORDERS.replace("arn:aws:", "arn:aws-cn:") }],
  ["of something with a path in its name", { SourceArn: `${ORDERS}/../x` }],
  ["of no ARN", { SourceArn: "orders" }],
  ["without a date", { Date: "yesterday" }],
])("refuses an event %s", async (_, detail) => {
  const trial = await started();
  const { answer } = await trial.event(rdsEvent("db", "RDS-EVENT-0154", trial.twin.clock.now(), {}, detail));

  expect(answer?.statusCode).toBe(403);
  expect(trial.changes()).toEqual([]);
});

it.each([null, undefined, "{", [], 7, {}, { Records: [] }])("refuses %j", async (event) => {
  const trial = await pausingTrial();
  const { answer } = await trial.invoke(onDatabase, event ?? null);

  expect(answer?.statusCode).toBe(403);
});

it("does nothing and tells nobody of a database that no record holds", async () => {
  const trial = await pausingTrial();
  const { answer, news } = await trial.invoke(onDatabase, rdsEvent("db", "RDS-EVENT-0154", trial.twin.clock.now()));

  expect(answer?.body).toContain("no armed record");
  expect(news).toEqual([]);
  expect(trial.changes()).toEqual([]);
  expect(trial.store.objects.size).toBe(0);
});

it("fails where it can't stop it, so that the event comes again, and then does", async () => {
  const trial = await started();
  const event = rdsEvent("db", "RDS-EVENT-0154", trial.twin.clock.now());
  trial.twin.faults = [{ ...FAULTS.denied, service: "rds", operation: "StopDBInstance" }];
  const first = await trial.event(event);
  expect(first.error?.message).toContain("could not be stopped again");
  expect(await readRestart(trial.store, STAGING as never, ORDERS as never)).not.toHaveProperty("ended");
  trial.twin.faults = [];
  const second = await trial.event(event, { container: "b" });

  expect(second.error).toBeUndefined();
  expect((await trial.rests())[0]).toBe("stopped");
});

it("cut off while it stops, it comes to the same end the next time", async () => {
  const trial = await started();
  const event = rdsEvent("db", "RDS-EVENT-0154", trial.twin.clock.now());
  const { append } = trial.store;
  const over = new EvenkeelError("CANCELLED", "the function's time is over");
  const dies = (...[path, line]: Parameters<typeof append>) =>
    line.includes('"outcome"') ? Promise.reject(over) : append(path, line);
  Object.assign(trial.store, { append: dies });
  const first = await trial.event(event);
  expect(first.error).toMatchObject({ code: "CANCELLED" });
  Object.assign(trial.store, { append });
  const second = await trial.event(event, { container: "b" });

  expect(second.error).toBeUndefined();
  expect((await trial.rests())[0]).toBe("stopped");
  expect(trial.changes()).toEqual(["StopDBInstance"]);
  // It is over: whoever starts it now is left alone.
  await trial.send(new StartDBInstanceCommand({ DBInstanceIdentifier: "orders" }));
  await trial.twin.clock.sleep(10 * MINUTE_MS);
  await trial.event(rdsEvent("db", "RDS-EVENT-0088", trial.twin.clock.now()));
  expect((await trial.states())[0]).toBe("available");
});

it("two at once stop it once, and a resume puts back what was there before the pause", async () => {
  const trial = await started();
  const at = trial.twin.clock.now();
  await Promise.all(["a", "b"].map((container) => trial.event(rdsEvent("db", "RDS-EVENT-0154", at), { container })));
  expect(trial.changes().filter((each) => each === "StopDBInstance").length).toBeLessThanOrEqual(2);
  expect((await trial.rests())[0]).toBe("stopped");
  await trial.twin.clock.sleep(3_600_000);
  const context = await trial.open();
  const { verified, closed } = await executeResume(context, await prepareResume(context, trial.record));

  expect(new Set(verified.map(({ kind }) => kind))).toEqual(new Set(["identical"]));
  expect(closed).toBe(true);
});
