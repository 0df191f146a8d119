import { describe, expect, it } from "vitest";
import type { Invoking, PausingTrial } from "../../tests/contract/pausing-trial.ts";
import { LIVE, pausingTrial, STAGING } from "../../tests/contract/pausing-trial.ts";
import { listRecords } from "../store/records.ts";
import { FAULTS } from "../twin/faults.ts";
import { notifier } from "./notify.ts";
import { onPause } from "./pause.ts";
import { onResume } from "./resume.ts";

/* Made after the samples of the user guides of EventBridge Scheduler and EventBridge, and messages of AWS Budgets. */

const scheduled = (more: object = {}) => ({
  version: "0",
  id: "3a4a1cbc-6a9b-4f4c-a4d9-a1c1b2c3d4e5",
  "detail-type": "Scheduled Event",
  source: "aws.scheduler",
  account: STAGING,
  time: "2026-01-13T19:00:00Z",
  region: "eu-west-1",
  resources: [`arn:aws:scheduler:eu-west-1:${STAGING}:schedule/default/PauseAt`],
  detail: "{}",
  ...more,
});

const alert = (changed: Readonly<Record<string, string>> = {}) => {
  const text = Object.entries(changed).reduce((left, [from, to]) => left.replaceAll(from, to), BUDGET_TEXT);
  return topicEvent(text);
};

const topicEvent = (...texts: string[]) => ({
  Records: texts.map((Message) => ({
    EventSource: "aws:sns",
    EventVersion: "1.0",
    EventSubscriptionArn: `arn:aws:sns:eu-west-1:${STAGING}:budgets:00faa396-9322-4fde-b4fe-4a5b4f2ff521`,
    Sns: {
      Type: "Notification",
      MessageId: "0afa48ef-db9f-5b07-9359-149237adeae5",
      TopicArn: `arn:aws:sns:eu-west-1:${STAGING}:budgets`,
      Subject: "AWS Budgets: staging has exceeded your alert threshold",
      Message,
      Timestamp: "2026-01-13T01:01:38.638Z",
      SignatureVersion: "1",
      MessageAttributes: {},
    },
  })),
});

const BUDGET_TEXT = `AWS Budget Notification January 13, 2026
AWS Account ${STAGING}

Dear AWS Customer,

You requested that we alert you when the ACTUAL Cost associated with your staging budget is greater than $80.00 for the current month. The ACTUAL Cost associated with this budget is $85.50. You can find additional details below and by accessing the AWS Budgets dashboard [1].

Budget Name: staging
Budget Type: Cost
Budgeted Amount: $100.00
Alert Type: ACTUAL
Alert Threshold: > $80.00
ACTUAL Amount: $85.50

[1] https://console.aws.amazon.com/billing/home#/budgets
`;

const recordsIn = async ({ store }: PausingTrial) =>
  (await listRecords(store, STAGING as never)).flatMap((each) => (each.kind === "readable" ? [each] : []));

describe("the pause function", () => {
  it("pauses by a schedule, and tells what was paused, kept and why, what it saves and how to put it back", async () => {
    const trial = await pausingTrial();
    const { answer, news, measured } = await trial.invoke(onPause, scheduled());

    const [record, ...more] = await recordsIn(trial);
    expect(more).toEqual([]);
    expect(record?.record.plan.steps.length).toBeGreaterThan(0);
    expect(answer?.statusCode).toBe(200);
    expect(measured.ResourcesPaused).toBe(record?.record.plan.steps.length);
    expect(measured.MoneyReclaimed).toBeGreaterThan(0);
    const [told] = news;
    expect(news).toHaveLength(1);
    expect(told?.text).toContain(`evenkeel resume --record ${record?.record.id}`);
    expect(told?.text).toMatch(/Saves \$[\d.]+ an hour/);
    for (const { target, reason } of record?.record.plan.kept ?? []) {
      expect(told?.text).toContain(`${target.name ?? target.id}: ${reason}`);
    }
    expect(told?.attributes).toMatchObject({ event: "pause", record: record?.record.id });
    // The whole is kept where the message may be cut.
    expect(trial.store.objects.has(told?.whole.replace(/^memory:\//, "") ?? "")).toBe(true);
  });

  it("done twice makes no second record, changes nothing and tells nobody", async () => {
    const trial = await pausingTrial();
    await trial.invoke(onPause, scheduled());
    trial.twin.log.length = 0;
    const again = await trial.invoke(onPause, scheduled());

    expect(again.answer?.statusCode).toBe(200);
    expect(again.news).toEqual([]);
    expect(trial.changes()).toEqual([]);
    expect(await recordsIn(trial)).toHaveLength(1);
  });

  it("takes selection and expiry of its input before those of the environment", async () => {
    const trial = await pausingTrial();
    const order = { selection: { type: ["rds:db"], regions: ["us-east-1"] }, expires: "3d", onExpiry: "keep" };
    await trial.invoke(onPause, order);

    const [known] = await recordsIn(trial);
    expect(known?.record.plan.steps.map(({ target }) => target.id)).toEqual(["orders"]);
    expect(known?.record.onExpiry).toBe("keep");
    const days = (Date.parse(known?.record.expiresAt ?? "") - Date.parse(known?.record.createdAt ?? "")) / 86_400_000;
    expect(days).toBeCloseTo(3, 1);
  });

  it.each(["true", "", "ture", "False", "FALSE", "0", "no", undefined])(
    "with DRY_RUN=%s tells what it would pause, and changes nothing",
    async (DRY_RUN) => {
      const trial = await pausingTrial();
      const { answer, news } = await trial.invoke(onPause, scheduled(), { env: { ...LIVE, DRY_RUN } });

      expect(answer?.body).toContain("dry run");
      expect(news[0]?.text).toContain("Nothing was changed");
      expect(trial.changes()).toEqual([]);
      expect(await recordsIn(trial)).toEqual([]);
    },
  );

  it.each([
    ["no selection at all", {}, { EVENKEEL_SELECTION: undefined }],
    ["an empty selection in the input", { selection: {} }, {}],
    ["an empty selection in the environment", {}, { EVENKEEL_SELECTION: "{}" }],
    ["a selection that is no JSON", {}, { EVENKEEL_SELECTION: "{" }],
    ["a filter that there is not", {}, { EVENKEEL_SELECTION: '{"tags":["env=dev"]}' }],
    ["a type that there is not", { selection: { type: ["ec2:instances"] } }, {}],
    ["a key that there is not", { selecton: { type: ["ec2:instance"] } }, {}],
    ["a malformed tag", { selection: { tag: ["dev"] } }, {}],
    ["an expiry that is none", { expires: "soon" }, {}],
    ["an expiry of no days", { expires: "0d" }, {}],
    ["an unknown fate", { onExpiry: "delete" }, {}],
    ["a list", [], {}],
    ["a text", "{}", {}],
  ])("refuses %s before any call", async (_, event, env) => {
    const trial = await pausingTrial();
    const context = await trial.open({ env: { ...LIVE, ...env } as Invoking["env"] & object });
    trial.twin.log.length = 0;

    await expect(onPause(event, context)).rejects.toMatchObject({ code: expect.stringMatching(/USAGE|UNKNOWN_TYPE/) });
    expect(trial.twin.log).toEqual([]);
    expect(trial.store.objects.size).toBe(0);
  });

  it.each([
    ["of another service", scheduled({ source: "aws.ec2", "detail-type": "EC2 Instance State-change Notification" })],
    ["of another account", scheduled({ account: "999999999999" })],
    ["of a topic, without a record", { Records: [] }],
    ["of a queue", { Records: [{ messageId: "1", body: "{}", eventSource: "aws:sqs" }] }],
    ["of a topic that is no alert", topicEvent("hello")],
    ["of a topic that only says that it is one", topicEvent("AWS Budget Notification\nBudget Name: staging")],
    ["of several alerts", topicEvent(BUDGET_TEXT, BUDGET_TEXT)],
    ["of another account's budget", alert({ [`Account ${STAGING}`]: "Account 999999999999" })],
    ["of another budget", alert({ "Name: staging": "Name: production" })],
    ["of a budget whose name only begins so", alert({ "Name: staging": "Name: staging-2" })],
    ["of a budget that alerts when it falls", alert({ "> $80.00": "< 80%" })],
  ])("refuses an event %s", async (_, event) => {
    const trial = await pausingTrial();
    trial.twin.log.length = 0;
    const { answer, host } = await trial.invoke(onPause, event, { env: { ...LIVE, BUDGET_NAME: "staging" } });

    expect(answer?.statusCode).toBe(403);
    expect(host.texts("warning")).toEqual([expect.stringContaining("refused")]);
    expect(trial.changes()).toEqual([]);
    expect(trial.store.objects.size).toBe(0);
  });

  it("pauses what the environment selects when the budget is overspent, and says which", async () => {
    const trial = await pausingTrial();
    const { news } = await trial.invoke(onPause, alert(), { env: { ...LIVE, BUDGET_NAME: "staging" } });

    expect(await recordsIn(trial)).toHaveLength(1);
    expect(news[0]?.text).toContain("Budget Name: staging\nBudgeted Amount: $100.00");
    expect(news[0]?.text).toContain("ACTUAL Amount: $85.50");
  });

  it("takes what a schedule has paused over from its resume, and says so, when the budget is overspent", async () => {
    const trial = await pausingTrial();
    await trial.invoke(onPause, scheduled());
    const id = (await recordsIn(trial))[0]?.record.id ?? "";
    trial.twin.log.length = 0;
    const { news, error } = await trial.invoke(onPause, alert());
    await trial.twin.clock.sleep(3_600_000);
    const morning = await trial.invoke(onResume, scheduled());

    expect(error).toBeUndefined();
    expect(news.map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^Evenkeel keeps 1 pause record .*paused 0 of 0/),
    ]);
    expect(news[0]?.text).toContain("ACTUAL Amount: $85.50");
    expect(news[0]?.text).toContain("no schedule starts it again");
    expect(news[0]?.text).toContain(`evenkeel resume --record ${id}`);
    expect(news[0]?.attributes.record).toBe(id);
    expect(morning.news).toEqual([]);
    expect(trial.changes()).toEqual([]);
    expect((await recordsIn(trial)).map(({ armed }) => armed)).toEqual([true]);
    // By its id it is put back, and the next schedule has its own again.
    await trial.invoke(onResume, { record: id });
    await trial.invoke(onPause, scheduled());
    await trial.twin.clock.sleep(3_600_000);
    await trial.invoke(onResume, scheduled());
    expect((await recordsIn(trial)).map(({ armed }) => armed)).toEqual([false, false]);
  });

  it("leaves to the schedule of another selection, and in a dry run to all, what they have paused", async () => {
    const trial = await pausingTrial();
    const other = { selection: { type: ["rds:db"], regions: ["us-east-1"] } };
    await trial.invoke(onPause, other);
    await trial.invoke(onPause, scheduled());
    await trial.invoke(onPause, alert(), { env: { ...LIVE, DRY_RUN: "true" } });
    await trial.invoke(onResume, scheduled());
    await trial.invoke(onPause, alert());
    await trial.twin.clock.sleep(3_600_000);
    await trial.invoke(onResume, other);

    const records = await recordsIn(trial);
    expect(records.filter(({ armed }) => armed)).toHaveLength(1);
    expect(records).toHaveLength(3);
  });

  it("hears of an alert that comes twice no more than that it is done", async () => {
    const trial = await pausingTrial();
    await trial.invoke(onPause, scheduled());
    await trial.invoke(onPause, alert());
    const { news, error } = await trial.invoke(onPause, alert());

    expect(error).toBeUndefined();
    expect(news.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^Evenkeel paused 0 of 0/)]);
  });

  it("takes the alert of any budget of the account where none is named", async () => {
    const trial = await pausingTrial();
    await trial.invoke(onPause, alert({ staging: "everything" }));

    expect(await recordsIn(trial)).toHaveLength(1);
  });

  it("tells what could not be paused, and what could not be seen", async () => {
    const trial = await pausingTrial();
    trial.twin.faults = [{ ...FAULTS.denied, service: "ec2", operation: "StopInstances" }];
    const { answer, news, measured } = await trial.invoke(onPause, scheduled());

    expect(answer?.body).toMatch(/^Evenkeel paused 0 of /);
    expect(news[0]?.text).toContain("Not paused:");
    expect(measured.ResourcesFailed).toBeGreaterThan(0);

    const blind = await pausingTrial();
    blind.twin.faults = [{ ...FAULTS.denied, service: "ec2", operation: "DescribeInstances" }];
    const unseen = await blind.invoke(onPause, scheduled());
    expect(unseen.news[0]?.text).toContain("what is there goes on running");
    expect(unseen.measured.ListingsIncomplete).toBe(1);
  });
});

const ALL: Invoking["env"] & object = { DRY_RUN: "false", EVENKEEL_SELECTION: '{"regions":["eu-west-1","us-east-1"]}' };

/** As far as a resume with nothing left to do can tell. */
async function comesBack(trial: PausingTrial): Promise<void> {
  const { news, error } = await trial.invoke(onResume, scheduled(), { env: ALL });
  expect(error).toBeUndefined();
  expect(news[0]?.text).not.toContain("still armed");
  expect((await recordsIn(trial)).map(({ armed }) => armed)).not.toContain(true);
}

describe("a pause that does not get done in time", () => {
  it("begins nothing new, ends with an error, and is gone on with by the next invocation", async () => {
    const trial = await pausingTrial();
    const first = await trial.invoke(onPause, scheduled(), { env: ALL, seconds: [90, 4000] });
    expect(first.error).toMatchObject({ code: "CANCELLED" });
    expect(first.error?.message).toContain("the time was over before it was begun");
    const steps = (await recordsIn(trial))[0]?.record.plan.steps.length ?? 0;

    const second = await trial.invoke(onPause, scheduled(), { env: ALL, container: "b" });
    expect(second.error).toBeUndefined();
    expect(second.answer?.body).toContain(`paused ${steps} of ${steps}`);
    expect(await recordsIn(trial)).toHaveLength(1);
    await comesBack(trial);
  });

  it.each([20, 60, 120, 200, 400])("cut off after %s s while things stop, it is gone on with", async (seconds) => {
    const trial = await pausingTrial();
    const first = await trial.invoke(onPause, scheduled(), { env: ALL, seconds: [seconds - 5, seconds] });
    expect(first.error).toMatchObject({ code: "CANCELLED" });
    // What was left to itself does nothing more.
    const lines = [...trial.store.objects].map(([path, content]) => [path, content.length]);
    await trial.twin.clock.sleep(60_000);
    expect([...trial.store.objects].map(([path, content]) => [path, content.length])).toEqual(lines);

    const second = await trial.invoke(onPause, scheduled(), { env: ALL, container: "b" });
    expect(second.error).toBeUndefined();
    expect((await recordsIn(trial)).filter(({ armed }) => armed)).toHaveLength(1);
    await comesBack(trial);
  });

  it.each([20, 120, 400])("cut off after %s s, what was stopped comes back by a resume", async (seconds) => {
    const trial = await pausingTrial();
    await trial.invoke(onPause, scheduled(), { env: ALL, seconds: [seconds - 5, seconds] });
    await trial.twin.clock.sleep(3_600_000);
    if ((await recordsIn(trial)).length === 0) return;
    await comesBack(trial);
  });

  it("is not gone on with once a resume has begun", async () => {
    const trial = await pausingTrial();
    await trial.invoke(onPause, scheduled(), { env: ALL, seconds: [90, 4000] });
    await trial.twin.clock.sleep(3_600_000);
    await trial.invoke(onResume, scheduled(), { env: ALL, seconds: [5, 10] });
    trial.twin.log.length = 0;
    const { host } = await trial.invoke(onPause, scheduled(), { env: ALL });

    expect(host.texts("warning").join()).toContain("is not gone on with");
  });

  it("leaves a run of somebody else to them", async () => {
    const trial = await pausingTrial();
    const context = await trial.open({ env: ALL, seconds: [90, 4000] });
    await onPause(scheduled(), { ...context, from: { ...context.from, where: "command line" } }).catch(() => undefined);
    trial.twin.log.length = 0;
    await trial.invoke(onPause, scheduled(), { env: ALL });

    expect(trial.changes()).toEqual([]);
  });
});

it("without a topic or a webhook the log has it", async () => {
  const trial = await pausingTrial();
  const context = await trial.open();
  const { host, meter, connection } = context;
  const notify = notifier({}, { connect: async () => connection, host, meter });
  const { statusCode } = await onPause(scheduled(), { ...context, notify });

  expect(statusCode).toBe(200);
  expect(host.texts("warning").join()).toContain("nobody is told");
  expect(host.texts("info").join()).toContain("evenkeel resume --record");
});

it("does nothing twice where nobody could be told", async () => {
  const trial = await pausingTrial();
  const context = await trial.open();
  const notify = () => Promise.reject(new Error("the topic is gone"));
  await expect(onPause(scheduled(), { ...context, notify })).rejects.toThrow("the topic is gone");
  trial.twin.log.length = 0;
  const again = await trial.invoke(onPause, scheduled());

  expect(again.error).toBeUndefined();
  expect(trial.changes()).toEqual([]);
  expect(await recordsIn(trial)).toHaveLength(1);
});

it("of two invocations at once no resource gets into two records, and all comes back", async () => {
  const trial = await pausingTrial();
  const both = await Promise.all(["a", "b"].map((container) => trial.invoke(onPause, scheduled(), { container })));
  // Where both gave way to each other, Lambda invokes them again.
  for (const { error } of both) if (error) expect(error).toMatchObject({ code: "REFUSED" });
  await trial.invoke(onPause, scheduled());
  const armed = (await recordsIn(trial)).filter((each) => each.armed);
  const held = armed.flatMap(({ record }) => record.plan.steps.map(({ target }) => target.arn));
  expect(held.length).toBeGreaterThan(0);
  expect(new Set(held).size).toBe(held.length);

  // Until then, the one that gave way may still be at work for all that its record tells.
  await trial.twin.clock.sleep(1_860_000);
  await trial.invoke(onResume, scheduled());
  expect((await recordsIn(trial)).filter((each) => each.armed)).toEqual([]);
});
