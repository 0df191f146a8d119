import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { FACTS } from "../../src/catalog/registry.ts";
import { functionPolicy, type GrantOptions } from "../../src/cdk/iam.ts";
import { handler as pause } from "../../src/lambda/functions/pause.ts";
import { handler as reap } from "../../src/lambda/functions/reaper.ts";
import { handler as resume } from "../../src/lambda/functions/resume.ts";
import { handler as alarmRings } from "../../src/lambda/functions/shed-alarm.ts";
import { handler as makeStep } from "../../src/lambda/functions/shed-step.ts";
import { handler as snapshot } from "../../src/lambda/functions/snapshot.ts";
import { handler as databaseStarts } from "../../src/lambda/functions/stay-stopped.ts";
import type { FunctionName } from "../../src/lambda/functions.ts";
import type { PolicyStatement } from "../../src/verbs/iam/policy.ts";
import { environment, folder } from "../cli/process.ts";
import { describeMoto } from "./describe-moto.ts";
import { assumed, enforced, without } from "./iam/enforced.ts";
import { unused } from "./iam/unused.ts";
import { makeZombie } from "./iam/zombie.ts";
import { readJournal } from "./journal.ts";
import { seedAccount } from "./seed.ts";
import { alarmEvent } from "./shed/events.ts";
import { describeSite, makeSite } from "./shed/site.ts";
import { stateInTable } from "./shed/witness.ts";
import { useMoto } from "./use-moto.ts";

const HERE = "eu-west-1";
const ACCOUNT = "123456789012";
const BUCKET = "evenkeel-store";
const PAUSED = [
  ...["autoscaling:group", "cloudwatch:alarm", "dynamodb:table", "ec2:instance", "ecs:service", "events:rule"],
  ...[
    "kinesis:stream",
    "lambda:event-source-mapping",
    "lambda:function",
    "rds:cluster",
    "rds:db",
    "sagemaker:endpoint",
  ],
];
const PAUSED_TYPES = [
  ...["AWS::AutoScaling::AutoScalingGroup", "AWS::CloudWatch::Alarm", "AWS::DynamoDB::Table", "AWS::EC2::Instance"],
  ...["AWS::ECS::Service", "AWS::Events::Rule", "AWS::Kinesis::Stream", "AWS::Lambda::EventSourceMapping"],
  ...["AWS::Lambda::Function", "AWS::RDS::DBCluster", "AWS::RDS::DBInstance", "AWS::SageMaker::Endpoint"],
] as const;
/** What Lambda tells of an invocation. */
const INVOCATION = { awsRequestId: "1", functionName: "evenkeel", getRemainingTimeInMillis: () => 600_000 };

/** What a run under a policy was: its answer, the actions that IAM was asked for, and those that it refused. */
interface Ran<T> {
  readonly answer: T;
  readonly actions: ReadonlySet<string>;
  readonly refused: readonly string[];
}

describeMoto("functions under their own policies, with IAM enforced", () => {
  const home = folder();
  const journal = join(home, "journal");
  const moto = useMoto({ strict: true, region: HERE, journal });
  const { aws } = moto;
  let topic: string;
  let roles = 0;

  beforeAll(async () => {
    await seedAccount(moto.url, [HERE]);
    await aws.call(`s3api create-bucket --bucket ${BUCKET} --create-bucket-configuration LocationConstraint=${HERE}`);
    topic = await aws.text("sns create-topic --name told --query TopicArn");
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.useRealTimers();
  });

  const policyOf = (name: FunctionName, options: GrantOptions = {}) =>
    functionPolicy(name, { bucket: `arn:aws:s3:::${BUCKET}`, prefix: "team", topic, regions: [HERE], ...options });

  /** Runs a function as a role that has these statements. */
  async function under<T>(
    statements: readonly PolicyStatement[],
    settings: Readonly<Record<string, string>>,
    work: () => Promise<T>,
  ): Promise<Ran<T | Error>> {
    roles += 1;
    vi.unstubAllEnvs();
    const env = {
      ...environment(moto.url, home),
      ...(await assumed(aws, `role-${roles}`, statements)),
      AWS_REGION: HERE,
      SNS_TOPIC_ARN: topic,
      EVENKEEL_STORE: `s3://${BUCKET}/team`,
      DRY_RUN: "false",
      ...settings,
    };
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const from = readJournal(journal).length;
    const answer = await enforced(moto.url, () => work().catch((error: unknown) => error as Error));
    const judged = readJournal(journal, from).flatMap(({ action, status }) => (action ? [{ action, status }] : []));
    return {
      answer,
      actions: new Set(judged.map(({ action }) => action)),
      refused: [...new Set(judged.flatMap(({ action, status }) => (status === 403 ? [action] : [])))],
    };
  }

  /**
   * Nothing was refused, and what was never asked for stands in the list, with the reason.
   * @param failed a run before, as far as an action came that it was not allowed
   */
  function expectLeast(
    name: FunctionName,
    statements: readonly PolicyStatement[],
    runs: readonly Ran<unknown>[],
    failed?: Ran<unknown>,
  ): void {
    const allowed = [...new Set(statements.flatMap(({ Action }) => Action))].sort();
    const asked = new Set([...runs, ...(failed ? [failed] : [])].flatMap(({ actions }) => [...actions]));
    expect.soft(runs.flatMap(({ refused }) => refused)).toEqual([]);
    expect
      .soft([...asked].filter((action) => !allowed.includes(action) && action !== "sts:GetCallerIdentity"))
      .toEqual([]);
    expect.soft(allowed.filter((action) => !asked.has(action))).toEqual(unused(name));
  }

  test("the reaper removes a failed build with all that was made for it", async () => {
    const zombie = await makeZombie(aws, "1");
    const policy = policyOf("reaper");
    const kept = await under(
      without(policy, "ec2:TerminateInstances"),
      { EVENKEEL_SELECTION: '{"type":["ec2:instance"]}' },
      () => reap({}, INVOCATION),
    );
    expect(kept.refused).toEqual(["ec2:TerminateInstances"]);
    expect(kept.answer).toMatchObject({ body: expect.stringContaining(": 1 failed in account") });
    const ran = await under(policy, {}, () => reap({}, INVOCATION));

    expect(ran.answer).toMatchObject({ body: expect.stringMatching(/: \d+ removed in account/) });
    expect(await aws.call("iam list-roles --query Roles[].RoleName")).not.toContain(zombie.role);
    expectLeast("reaper", policy, [ran]);
  });

  test("a snapshot sees everything", async () => {
    const policy = policyOf("snapshot");
    const ran = await under(policy, { EVENKEEL_SELECTION: `{"regions":["${HERE}"]}` }, () => snapshot({}, INVOCATION));

    expect(ran.answer).toMatchObject({ statusCode: 200 });
    expectLeast("snapshot", policy, [ran]);
  });

  test("the ARNs of what is there are what the policies name", async () => {
    const path = await aws.text(
      `s3api list-objects-v2 --bucket ${BUCKET} --prefix team/accounts/${ACCOUNT}/snapshots/ --query Contents[?ends_with(Key,'.jsonl')].Key|[0]`,
    );
    const copy = join(home, "snapshot");
    await aws.call(`s3api get-object --bucket ${BUCKET} --key ${path} ${copy}`);
    const [, ...lines] = readFileSync(copy, "utf8").trimEnd().split("\n");
    const resources = lines.map((line) => JSON.parse(line) as { readonly type: string; readonly arn: string });
    const isNamed = ({ type, arn }: { readonly type: string; readonly arn: string }) => {
      const template = FACTS.find((facts) => facts.type === type)?.arn ?? "";
      return new RegExp(`^${template.replace(/\{\w+\}|\*/g, ".*")}$`).test(arn);
    };

    expect(new Set(resources.map(({ type }) => type)).size).toBeGreaterThan(35);
    expect(resources.filter((each) => !isNamed(each))).toEqual([]);
  });

  test("what is paused is stopped again when AWS starts it, and comes back", async () => {
    const selection = { EVENKEEL_SELECTION: JSON.stringify({ type: PAUSED, regions: [HERE] }) };
    const state = () =>
      aws.text("rds describe-db-instances --query DBInstances[0].[DBInstanceIdentifier,DBInstanceStatus]|join(':',@)");
    const policies = {
      pause: policyOf("pause", { types: PAUSED_TYPES }),
      resume: policyOf("resume", { types: PAUSED_TYPES }),
      stay: policyOf("stay-stopped"),
    };
    const kept = await under(
      without(policies.pause, "ec2:StopInstances"),
      { EVENKEEL_SELECTION: '{"type":["ec2:instance"],"regions":["eu-west-1"]}' },
      () => pause({}, INVOCATION),
    );
    expect(kept.refused).toEqual(["ec2:StopInstances"]);
    expect(kept.answer).toMatchObject({ body: expect.stringContaining("paused 0 of 1 resource") });
    const paused = await under(policies.pause, selection, () => pause({}, INVOCATION));
    expect(paused.answer).toMatchObject({ body: expect.stringMatching(/paused (\d+) of \1 resources/) });
    const [name = ""] = (await state()).split(":");
    await aws.call(`rds start-db-instance --db-instance-identifier ${name}`);
    const tells = (EventID: string) => ({
      source: "aws.rds",
      "detail-type": "RDS DB Instance Event",
      account: ACCOUNT,
      region: HERE,
      detail: { EventID, SourceArn: `arn:aws:rds:${HERE}:${ACCOUNT}:db:${name}`, Date: new Date().toISOString() },
    });
    const stayed = await under(policies.stay, {}, async () => {
      const first = await databaseStarts(tells("RDS-EVENT-0154"), INVOCATION);
      return [first, await databaseStarts(tells("RDS-EVENT-0088"), INVOCATION)];
    });
    expect(await state()).toBe(`${name}:stopped`);
    const back = await under(policies.resume, selection, () => resume({}, INVOCATION));
    expect(back.answer).toMatchObject({ body: expect.stringContaining("put back 1 of 1 pause record") });
    expect(await state()).toBe(`${name}:available`);

    expectLeast("pause", policies.pause, [paused]);
    expectLeast("stay-stopped", policies.stay, [stayed]);
    expectLeast("resume", policies.resume, [back]);
  });

  test("load is shed and given back", async () => {
    const site = await makeSite(aws, "shed");
    const arns = {
      topic: site.topic,
      queue: await aws.text(
        `sqs get-queue-attributes --queue-url ${site.queue} --attribute-names QueueArn --query Attributes.QueueArn`,
      ),
      table: `arn:aws:dynamodb:${HERE}:${ACCOUNT}:table/${site.table}`,
      listener: site.listener,
    };
    const settings = {
      ELB_LISTENER_ARN: site.listener,
      ELB_TARGET_GROUP_ARN: site.groups.web,
      CW_ALARM_NAME: site.alarm,
      ELB_SHED_PERCENT: "20",
      MAX_ELB_SHED_PERCENT: "50",
      ELB_RESTORE_PERCENT: "50",
      SHED_STATE: `dynamodb:${site.table}`,
      SHED_QUEUE_URL: site.queue,
      SHED_EMPTY_GROUPS: site.groups.spare,
      SNS_TOPIC_ARN: site.topic,
      SHED_MESG_DELAY_SEC: "60",
      RESTORE_MESG_DELAY_SEC: "60",
      SHED_COOL_DOWN_SEC: "0",
    };
    const setAlarm = (value: string) =>
      aws.call(`cloudwatch set-alarm-state --alarm-name ${site.alarm} --state-value ${value} --state-reason test`);
    const begin = functionPolicy("shed-alarm", arns);
    const step = functionPolicy("shed-step", arns);
    const before = await describeSite(aws, site);
    await setAlarm("ALARM");
    const rings = () => alarmRings(alarmEvent(site, "ALARM"), INVOCATION);
    const failed = await under(without(begin, "elasticloadbalancing:ModifyListener"), settings, rings);
    expect(failed.refused).toEqual(["elasticloadbalancing:ModifyListener"]);
    expect(String(failed.answer)).toContain("rules were not written");
    const begun = await under(begin, settings, rings);
    expect(begun.answer).toMatchObject({ statusCode: 200 });
    expect((await describeSite(aws, site)).weights).not.toEqual(before.weights);
    await setAlarm("OK");
    const comes = async () => {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 20 * 60_000, shouldAdvanceTime: true });
      const { generation } = (await stateInTable(aws, site)) as { readonly generation: number };
      const body = JSON.stringify({ shed: 1, listener: site.listener, generation });
      return under(step, settings, () => makeStep({ Records: [{ messageId: "1", body }] }, INVOCATION));
    };
    const steps = [await comes(), await comes()];

    expect((await describeSite(aws, site)).text).toBe(before.text);
    expectLeast("shed-alarm", begin, [begun], failed);
    expectLeast("shed-step", step, steps);
  });
});
