import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeStep } from "../../src/verbs/shed/step.ts";
import { environment, folder, type Ran, start } from "../cli/process.ts";
import { describeMoto } from "./describe-moto.ts";
import { readJournal } from "./journal.ts";
import { forwardTo, stickyForwardTo, weighted } from "./shed/actions.ts";
import { makeBalancer } from "./shed/balancer.ts";
import { openLoop, type Polled } from "./shed/loop.ts";
import { countIn, receive } from "./shed/queue.ts";
import { completeSite, describeSite, makeSite, type Site } from "./shed/site.ts";
import { notices, stateInTable, untilGone, waits } from "./shed/witness.ts";
import { useMoto } from "./use-moto.ts";

const HERE = "eu-west-1";

/** Priorities: 10 signs in by OIDC, 20 a host header, 30 signs in by Cognito, 40 without the primary, 70 the primary alone. */
const BASELINE = { 10: [90, 10], 20: [70, 20, 10], 30: [0, 200], 40: [50, 50], default: [100, 0] };
const AT_20 = { ...BASELINE, 10: [72, 28], 20: [56, 27, 17], 30: [40, 160], default: [80, 20] };
const AT_40 = { ...BASELINE, 10: [54, 46], 20: [50, 30, 20], 30: [80, 120], default: [60, 40] };
const AT_CAP = { ...BASELINE, 10: [50, 50], 20: [50, 30, 20], 30: [100, 100], default: [50, 50] };
const BACK_TO_25 = { ...BASELINE, 10: [68, 32], 20: [53, 28, 19], 30: [50, 150], default: [75, 25] };
const BACK_TO_15 = { ...BASELINE, 10: [77, 23], 20: [60, 25, 15], 30: [30, 170], default: [85, 15] };

/** moto gives rules fifty at a time. */
const ON_TWO_PAGES = 52;

const ORDER_NOW = { by: "person", order: { kind: "restore", now: true } } as const;

describeMoto("load shedding against moto, judged by awscli", () => {
  const home = folder();
  const journal = join(home, "journal");
  const moto = useMoto({ strict: true, region: HERE, journal });
  const { aws } = moto;
  const describeNow = (site: Site) => describeSite(aws, site);
  const weightsNow = async (site: Site) => (await describeSite(aws, site)).weights;
  const open = (site: Site, more: Parameters<typeof openLoop>[3]) => openLoop(moto.url, aws, site, more);
  /** How often weights were written while something was done: the default rule's, and others'. */
  const writesIn = async (work: () => Promise<unknown>): Promise<readonly number[]> => {
    const from = readJournal(journal).length;
    await work();
    const names = readJournal(journal, from).map(({ operation }) => operation);
    return ["ModifyListener", "ModifyRule"].map((each) => names.filter((name) => name === each).length);
  };

  beforeAll(() => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
    vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
  });
  afterAll(() => vi.unstubAllEnvs());

  test("sheds by real messages up to the cap and gives all back: the rules are to the letter what they were", async () => {
    const site = await makeSite(aws, "cycle");
    const before = await describeNow(site);
    const { rings, setAlarm, poll } = await open(site, { ledger: "dynamodb" });
    await setAlarm("ALARM");

    const stages: unknown[] = [];
    const polled: Polled[] = [];
    const stage = async (work: () => Promise<unknown>) => {
      const writes = await writesIn(work);
      const now = await describeNow(site);
      expect(now.rest).toBe(before.rest);
      stages.push([writes, now.weights]);
    };
    const next = () => stage(async () => polled.push(await poll()));
    await stage(async () => expect(await rings("ALARM")).toMatchObject({ statusCode: 200 }));
    await stage(async () => expect(await rings("ALARM")).toMatchObject({ statusCode: 200 }));
    for (let step = 0; step < 3; step++) await next();
    await setAlarm("OK");
    for (let step = 0; step < 3; step++) await next();

    expect(before.weights).toEqual(BASELINE);
    expect(stages).toEqual([
      [[1, 3], AT_20],
      // The event came twice; it is one loop.
      [[0, 0], AT_20],
      [[1, 3], AT_40],
      // At the cap the host header's rule is there already.
      [[1, 2], AT_CAP],
      [[0, 0], AT_CAP],
      [[1, 3], BACK_TO_25],
      [[1, 3], BASELINE],
      [[0, 0], BASELINE],
    ]);
    expect((await describeNow(site)).text).toBe(before.text);
    expect(polled.map(({ received, failed }) => [received.length, failed])).toEqual(polled.map(() => [1, []]));
    expect(Math.min(...polled.flatMap(waits))).toBeGreaterThanOrEqual(1990);
    // The one that was sent before the first write, in case that nothing came of it.
    expect(await countIn(aws, site.queue)).toEqual([0, 1, 0]);
    expect(await countIn(aws, site.inbox)).toEqual([0, 0, 0]);
    expect(await stateInTable(aws, site)).toMatchObject({
      phase: "idle",
      generation: 7,
      baseline: [],
      degree: { level: 0 },
    });
  });

  test("an alarm without data sheds on, then counts as off; kept in a bucket", async () => {
    const site = await makeSite(aws, "quiet");
    const before = await describeNow(site);
    const { rings, setAlarm, poll, ahead } = await open(site, { ledger: "s3" });
    await setAlarm("ALARM");
    await rings("ALARM");
    await setAlarm("INSUFFICIENT_DATA");
    await rings("INSUFFICIENT_DATA");
    const seen: object[] = [await weightsNow(site)];
    const next = async () => {
      await poll();
      seen.push(await weightsNow(site));
    };
    await next();
    ahead(301);
    await next();
    await next();

    expect(seen).toEqual([AT_20, AT_40, BACK_TO_15, BASELINE]);
    expect((await describeNow(site)).text).toBe(before.text);
    await poll();
    expect(await countIn(aws, site.queue)).toEqual([0, 1, 0]);
    const kept = await aws.call(`s3api list-objects-v2 --bucket ${site.bucket} --query Contents[].Key`);
    expect(kept).toContainEqual(
      expect.stringMatching(/^team\/accounts\/123456789012\/shed\/eu-west-1[.]quiet[.].*\/0000000001[.]json$/),
    );
  });

  test("a message that is early goes back for as long as is left; one that comes twice is one step", async () => {
    const site = await makeSite(aws, "twice");
    const { rings, setAlarm, poll, ahead } = await open(site, { ledger: "dynamodb", shedDelaySeconds: 300 });
    await setAlarm("ALARM");
    await rings("ALARM");
    const copy = { shed: 1, listener: site.listener, generation: 1 };
    const send = () => aws.call(`sqs send-message --queue-url ${site.queue} --message-body`, copy);

    await send();
    expect((await poll()).failed).toEqual([]);
    expect(await weightsNow(site)).toEqual(AT_20);
    expect(await countIn(aws, site.queue)).toEqual([0, 3, 0]);
    ahead(300);
    await send();
    await send();
    const { received, failed } = await poll();

    expect([received.length, failed]).toEqual([2, []]);
    expect(await weightsNow(site)).toEqual(AT_40);
    expect(await countIn(aws, site.queue)).toEqual([0, 4, 0]);
  });

  test("weights that awscli sets are noticed and told, then nothing is written until a person says so", async () => {
    const site = await makeSite(aws, "foreign");
    const before = await describeNow(site);
    const loop = await open(site, { ledger: "dynamodb" });
    const { web, standby, spare } = site.groups;
    await loop.setAlarm("ALARM");
    await loop.rings("ALARM");
    await aws.call(`elbv2 modify-rule --rule-arn ${site.rules.host} --actions`, [
      { ...forwardTo(weighted(web, 10, standby, 80, spare, 10)), Order: 1 },
    ]);
    const theirs = { ...AT_20, 20: [10, 80, 10] };
    expect((await loop.poll()).failed).toEqual([]);

    expect(await weightsNow(site)).toEqual(theirs);
    expect(await stateInTable(aws, site)).toMatchObject({ phase: "lost" });
    expect(await countIn(aws, site.queue)).toEqual([0, 1, 0]);
    expect(await notices(aws, site)).toEqual([
      {
        subject: "Load shedding of foreign",
        text: expect.stringContaining(
          `somebody else has set the weights of the rule ${site.rules.host} to foreign-web 10`,
        ),
        event: "shed",
      },
    ]);
    expect(await loop.rings("ALARM")).toMatchObject({ body: expect.stringContaining("lost") });
    expect(await weightsNow(site)).toEqual(theirs);

    await makeStep(loop.context, ORDER_NOW);
    expect((await describeNow(site)).text).toBe(before.text);
  });

  test("what else awscli changes meanwhile stays: a stickiness, a new rule, a deleted one; an alarm that flaps gains nothing", async () => {
    const site = await makeSite(aws, "busy");
    const { web, standby } = site.groups;
    const { rings, setAlarm, poll } = await open(site, { ledger: "dynamodb" });
    await setAlarm("ALARM");
    await rings("ALARM");
    const { Type, ForwardConfig } = stickyForwardTo(weighted(web, 80, standby, 20));
    const TargetGroupStickinessConfig = { Enabled: true, DurationSeconds: 77 };
    await aws.call(`elbv2 modify-listener --listener-arn ${site.listener} --default-actions`, [
      { Type, ForwardConfig: { ...ForwardConfig, TargetGroupStickinessConfig } },
    ]);
    await aws.call(
      `elbv2 create-rule --listener-arn ${site.listener} --priority 5 --conditions Field=path-pattern,Values=/new --actions`,
      [forwardTo(weighted(web, 8, standby, 2))],
    );
    await aws.call(`elbv2 delete-rule --rule-arn ${site.rules.oidc}`);
    const { rest } = await describeNow(site);
    for (const state of ["OK", "ALARM"] as const) {
      await setAlarm(state);
      await rings(state);
    }
    await poll();
    const { 10: _, ...left } = AT_40;

    expect(await describeNow(site)).toMatchObject({ rest, weights: { ...left, 5: [8, 2] } });
    await setAlarm("OK");
    await poll();
    await poll();
    const { 10: __, ...baseline } = BASELINE;
    expect(await describeNow(site)).toMatchObject({ rest, weights: { ...baseline, 5: [8, 2] } });
    expect((await notices(aws, site)).map(({ text }) => text)).toEqual([
      expect.stringContaining(`${site.rules.oidc} was deleted`),
    ]);
  });

  test("nothing is shed to a group that nobody has declared empty, nor to one without targets; people are told", async () => {
    const site = await makeSite(aws, "held");
    const before = await describeNow(site);
    const { rings, setAlarm } = await open(site, { ledger: "dynamodb", emptyGroups: [] });
    await setAlarm("ALARM");
    expect(await rings("ALARM")).toMatchObject({ body: expect.stringMatching(/^holding: .*held-spare has no target/) });
    await aws.call(`elbv2 deregister-targets --target-group-arn ${site.groups.standby} --targets Id=10.0.1.20`);
    const declared = await open(site, { ledger: "s3" });
    expect(await declared.rings("ALARM")).toMatchObject({ body: expect.stringMatching(/held-standby has no target/) });

    expect((await describeNow(site)).text).toBe(before.text);
    expect((await notices(aws, site)).map(({ text }) => text)).toEqual([
      expect.stringContaining("held-spare has no target"),
      expect.stringContaining("held-standby has no target"),
    ]);
  });

  test("all is given back and told when awscli deletes the alarm", async () => {
    const site = await makeSite(aws, "blind");
    const before = await describeNow(site);
    const { rings, setAlarm, poll } = await open(site, { ledger: "dynamodb" });
    await setAlarm("ALARM");
    await rings("ALARM");
    await aws.call(`cloudwatch delete-alarms --alarm-names ${site.alarm}`);
    await poll();

    expect((await describeNow(site)).text).toBe(before.text);
    expect((await notices(aws, site)).map(({ text }) => text)).toEqual([
      expect.stringContaining("blind-overrun is gone"),
    ]);
  });

  test("what makes no sense goes to the dead-letter queue after three attempts; the rest of its batch is done", async () => {
    const site = await makeSite(aws, "dead");
    const { rings, setAlarm, poll, ahead, host } = await open(site, { ledger: "dynamodb", shedDelaySeconds: 300 });
    await setAlarm("ALARM");
    await rings("ALARM");
    ahead(300);
    const body = { shed: 1, listener: site.listener, generation: 1 };
    const foreign = JSON.stringify({ ...body, listener: `${site.listener}0` });
    const senseless = ["{", foreign, JSON.stringify({ ...body, level: 100 })];
    for (const text of [...senseless, JSON.stringify(body)])
      await aws.call(`sqs send-message --queue-url ${site.queue} --message-body`, text);

    const attempts = [await poll(1), await poll(1), await poll(1)];
    expect(await countIn(aws, site.deadLetters)).toEqual([0, 0, 0]);
    expect(attempts.map(({ failed }) => failed.toSorted())).toEqual(Array(3).fill(senseless.toSorted()));
    expect(attempts.map(({ received }) => received.length)).toEqual([4, 3, 3]);
    expect(await weightsNow(site)).toEqual(AT_40);
    expect(host.texts("error")).toHaveLength(9);
    await untilGone(aws, site);
    const dead = await receive(aws, site.deadLetters);
    expect(dead.map(({ Body }) => Body).toSorted()).toEqual(senseless.toSorted());
  });

  test("every page of a listener's rules is shed, and given back by a person at once", async () => {
    const site = await completeSite(aws, "wide", await makeBalancer(aws, "wide"));
    const { web, standby } = site.groups;
    for (let priority = 1; priority <= ON_TWO_PAGES; priority++)
      await aws.call(
        `elbv2 create-rule --listener-arn ${site.listener} --priority ${priority} --conditions Field=path-pattern,Values=/${priority} --actions`,
        [forwardTo(weighted(web, 100, standby, 0))],
      );
    const before = await describeNow(site);
    const { rings, setAlarm, context } = await open(site, { ledger: "dynamodb" });
    await setAlarm("ALARM");
    expect(await rings("ALARM")).toMatchObject({ statusCode: 200 });
    expect(Object.values(await weightsNow(site))).toEqual(Array(ON_TWO_PAGES + 1).fill([80, 20]));
    await makeStep(context, ORDER_NOW);
    expect((await describeNow(site)).text).toBe(before.text);
  });

  test("the command line and the functions are one: it sheds, freezes, lets go on, and gives all back at once", async () => {
    const site = await makeSite(aws, "person");
    const before = await describeNow(site);
    const { rings, setAlarm, context } = await open(site, { ledger: "dynamodb" });
    const env = { ...environment(moto.url, home), ...variables(site) };
    const shed = (...args: string[]) => start(["shed", ...args, "--yes", "--output", "json"], env, home).done;
    await setAlarm("ALARM");

    expect(told(await shed("step"))).toMatchObject({ changes: 4, state: { phase: "shedding", degree: { level: 20 } } });
    expect(await weightsNow(site)).toEqual(AT_20);
    expect(await countIn(aws, site.queue)).toEqual([0, 2, 0]);
    expect(told(await shed("status"))).toMatchObject({
      phase: "shedding",
      level: 20,
      alarm: { state: "ALARM" },
      rules: expect.arrayContaining([expect.objectContaining({ rule: site.listener })]),
    });
    expect(told(await shed("freeze"))).toMatchObject({ changes: 0, state: { phase: "frozen" } });
    expect(await rings("ALARM")).toMatchObject({ body: expect.stringContaining("frozen") });
    expect(await makeStep(context, { by: "message", generation: 1 })).toMatchObject({ kind: "dropped" });
    expect(await shed("step")).toMatchObject({ code: 6 });
    expect(await weightsNow(site)).toEqual(AT_20);
    expect(told(await shed("unfreeze"))).toMatchObject({ state: { phase: "shedding", degree: { level: 40 } } });
    expect(await weightsNow(site)).toEqual(AT_40);
    expect(told(await shed("restore", "--now"))).toMatchObject({ changes: 4, state: { phase: "idle", baseline: [] } });
    expect((await describeNow(site)).text).toBe(before.text);
    expect(told(await shed("status"))).toMatchObject({ phase: "idle", level: 0 });
  });

  test("no call of all these was refused, or lacked in moto", () => {
    const calls = readJournal(journal);
    const bad = calls.filter(({ status }) => status >= 400);

    expect(calls.length).toBeGreaterThan(500);
    expect(bad).toEqual([]);
  });
});

/** How a person tells the command line of the same listener. */
const variables = ({ listener, groups, alarm, table, queue, topic }: Site) => ({
  AWS_REGION: HERE,
  ELB_LISTENER_ARN: listener,
  ELB_TARGET_GROUP_ARN: groups.web,
  CW_ALARM_NAME: alarm,
  ELB_SHED_PERCENT: "20",
  MAX_ELB_SHED_PERCENT: "50",
  ELB_RESTORE_PERCENT: "25",
  SHED_EMPTY_GROUPS: groups.spare,
  SHED_STATE: `dynamodb:${table}`,
  SHED_QUEUE_URL: queue,
  SNS_TOPIC_ARN: topic,
});

function told({ code, stdout, stderr }: Ran): unknown {
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}
