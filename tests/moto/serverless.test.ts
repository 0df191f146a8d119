import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { FUNCTIONS, type FunctionName } from "../../src/lambda/functions.ts";
import { folder } from "../cli/process.ts";
import { describeMoto } from "./describe-moto.ts";
import { makeZombie } from "./iam/zombie.ts";
import { type JournalLine, readJournal } from "./journal.ts";
import { alarmsOf, functionIn, ruleIn } from "./serverless/deployed.ts";
import { databaseEvent, isPassed, listen, ruleEvent, scheduleEvent } from "./serverless/happenings.ts";
import { configurationOf, invoke } from "./serverless/invoke.ts";
import { deploy, type Stack, uploadCode } from "./serverless/stacks.ts";
import { makeBalancer } from "./shed/balancer.ts";
import { alarmEvent, queueEvent, type Received } from "./shed/events.ts";
import { countIn, receive } from "./shed/queue.ts";
import { type Described, describeSite } from "./shed/site.ts";
import { useMoto } from "./use-moto.ts";

const HERE = "eu-west-1";
const SELECTION = JSON.stringify({ tag: ["env=dev"], regions: [HERE] });

/** Types of which moto's CloudFormation makes nothing, and says nothing: what they would be is for the templates' own tests. */
const NOT_MADE = [
  ...["AWS::Budgets::Budget", "AWS::Lambda::EventInvokeConfig", "AWS::S3::BucketPolicy", "AWS::SNS::Subscription"],
  ...["AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy"],
];

/** Where each function stands. */
const PLACES = {
  reaper: ["reaper", "RunFunction"],
  "shed-alarm": ["shedder", "BeginFunction"],
  "shed-step": ["shedder", "StepFunction"],
  pause: ["schedule", "PauseFunction"],
  resume: ["schedule", "ResumeFunction"],
  "stay-stopped": ["stay", "RunFunction"],
  snapshot: ["watch", "RunFunction"],
} as const satisfies Record<FunctionName, readonly [string, string]>;
const NAMES = Object.keys(PLACES) as FunctionName[];

describeMoto("the templates deployed to moto, their functions run on real events under their own roles", () => {
  const home = folder();
  const journal = join(home, "journal");
  const moto = useMoto({ strict: true, region: HERE, journal });
  const { aws } = moto;
  let sums: Readonly<Record<string, string>>;
  const stacks = {} as Record<"reaper" | "shedder" | "schedule" | "stay" | "watch", Stack>;
  let site: Awaited<ReturnType<typeof makeBalancer>>;
  let unshed: Described;
  const deployed = (name: FunctionName) => {
    const [stack, ending] = PLACES[name];
    return stacks[stack].the("AWS::Lambda::Function", ending);
  };
  const arnOf = (name: string) => `arn:aws:lambda:${HERE}:123456789012:function:${name}`;
  const refused = {} as Record<FunctionName, JournalLine[]>;
  const run = async (name: FunctionName, event: unknown) => {
    const from = readJournal(journal).length;
    const answer = await invoke(moto, name, deployed(name), event);
    const ofRole = readJournal(journal, from).filter(({ action }) => action !== null);
    refused[name] = [...(refused[name] ?? []), ...ofRole.filter(({ status }) => status === 403)];
    return answer;
  };
  const topicOf = (stack: keyof typeof stacks) => stacks[stack].the("AWS::SNS::Topic", "OwnTopicTopic");
  const overrun = () => stacks.shedder.the("AWS::CloudWatch::Alarm", "Overrun");
  const steps = () => stacks.shedder.the("AWS::SQS::Queue", "Steps");
  const setAlarm = (value: string) =>
    aws.call(`cloudwatch set-alarm-state --alarm-name ${overrun()} --state-value ${value} --state-reason`, "a test");

  beforeAll(async () => {
    sums = await uploadCode(aws, home);
    site = await makeBalancer(aws, "web");
    stacks.reaper = await deploy(aws, "reaper", {});
    stacks.shedder = await deploy(aws, "load-shedder", {
      Listener: site.listener,
      Primary: site.groups.web,
      ShedPercent: "20",
      RestorePercent: "100",
      RestoreDelay: "60",
      CoolDown: "0",
    });
    stacks.schedule = await deploy(aws, "schedule", {
      DryRun: "false",
      Selection: SELECTION,
      PauseAt: "cron(0 19 ? * MON-FRI *)",
      ResumeAt: "cron(0 7 ? * MON-FRI *)",
      TimeZone: "Europe/Zurich",
      BudgetAmount: "100",
    });
    const StoreBucket = stacks.schedule.the("AWS::S3::Bucket");
    stacks.stay = await deploy(aws, "stay-safe", { DryRun: "false", StoreBucket });
    stacks.watch = await deploy(aws, "snapshot-watch", { SetBaseline: "true", Selection: `{"regions":["${HERE}"]}` });
  });

  test("awscli sees what the templates say", async () => {
    const absent = Object.values(stacks).flatMap((stack) => stack.absent);
    expect([...new Set(absent)].sort()).toEqual(NOT_MADE);
    for (const name of NAMES) {
      const [stack] = PLACES[name];
      const found = await functionIn(aws, deployed(name));
      expect.soft(found, name).toEqual({
        code: sums[name],
        runtime: "nodejs24.x",
        handler: "index.handler",
        timeout: FUNCTIONS[name].timeoutSeconds,
        isSingle: FUNCTIONS[name].isSingle,
        topic: topicOf(stack),
        alarms: alarmsOf(topicOf(stack)),
        policies: expect.arrayContaining([expect.stringContaining(":policy/keel-")]),
      });
    }
    const logs = (await aws.call("logs describe-log-groups --query logGroups[].[retentionInDays]")) as unknown[];
    expect(logs.flat().map(Number)).toEqual(NAMES.map(() => 30));
    const { shedder, schedule } = stacks;
    const attributes = (ending: string, names: string) =>
      aws.call(
        `sqs get-queue-attributes --query Attributes --attribute-names ${names} --queue-url ${shedder.the("AWS::SQS::Queue", ending)}`,
      ) as Promise<Readonly<Record<string, string>>>;
    const dead = await attributes("LostStepsQueue", "QueueArn MessageRetentionPeriod");
    const { QueueArn, RedrivePolicy = "" } = await attributes("Steps", "QueueArn RedrivePolicy");
    expect(dead.MessageRetentionPeriod).toBe(String(14 * 86_400));
    expect(JSON.parse(RedrivePolicy)).toEqual({ deadLetterTargetArn: dead.QueueArn, maxReceiveCount: 3 });
    expect(
      await aws.call(
        "lambda list-event-source-mappings --query EventSourceMappings[].[EventSourceArn,FunctionArn,BatchSize,State,FunctionResponseTypes]",
      ),
    ).toEqual([[QueueArn, arnOf(deployed("shed-step")), 1, "Enabled", ["ReportBatchItemFailures"]]]);
    for (const [which, name, hour] of [
      ["PauseAt", "pause", 19],
      ["ResumeAt", "resume", 7],
    ] as const)
      expect(
        await aws.call(
          `scheduler get-schedule --name ${schedule.the("AWS::Scheduler::Schedule", which)} --query [ScheduleExpression,ScheduleExpressionTimezone,Target.Arn]`,
        ),
      ).toEqual([`cron(0 ${hour} ? * MON-FRI *)`, "Europe/Zurich", arnOf(deployed(name))]);
  });

  test("rules pass on what the functions are for, and lead to them", async () => {
    const { reaper, shedder, stay, watch } = stacks;
    const rule = (stack: Stack, ending?: string) => ruleIn(aws, stack.the("AWS::Events::Rule", ending));
    const enabled = (name: FunctionName, lost: unknown) => ({
      state: "ENABLED",
      targets: [[arnOf(deployed(name)), lost]],
    });
    expect(await rule(reaper)).toMatchObject({ schedule: "rate(1 hour)", ...enabled("reaper", null) });
    expect(await rule(watch)).toMatchObject({ schedule: "rate(1 day)", ...enabled("snapshot", null) });
    const rang = await rule(shedder);
    expect(rang).toMatchObject(enabled("shed-alarm", expect.stringContaining("LostAlarmsQueue")));
    const event = (alarm: string) => alarmEvent({ alarm, groups: site.groups }, "ALARM");
    expect([overrun(), `${overrun()}-2`].map((alarm) => isPassed(rang.pattern, event(alarm)))).toEqual([true, false]);
    const started = await rule(stay, "InstanceStarted");
    expect(started).toMatchObject(enabled("stay-stopped", expect.stringContaining("LostQueue")));
    const ids = ["RDS-EVENT-0154", "RDS-EVENT-0088", "RDS-EVENT-0087"];
    expect(ids.map((id) => isPassed(started.pattern, databaseEvent("orders", id)))).toEqual([true, true, false]);
  });

  test("shed-alarm sheds when the alarm is on, and sends itself a message", async () => {
    // The test takes Lambda's place at the queue.
    const mapping = stacks.shedder.the("AWS::Lambda::EventSourceMapping");
    await aws.call(`lambda update-event-source-mapping --no-enabled --uuid ${mapping}`);
    unshed = await describeSite(aws, site);
    await setAlarm("ALARM");
    const event = alarmEvent({ alarm: overrun(), groups: site.groups }, "ALARM");
    expect(await run("shed-alarm", event)).toMatchObject({
      statusCode: 200,
      body: expect.stringContaining("shedding"),
    });

    expect(unshed.weights).toEqual({ default: [100, 0] });
    expect((await describeSite(aws, site)).weights).toEqual({ default: [80, 20] });
    expect(await countIn(aws, steps())).toEqual([0, 2, 0]);
  });

  test("reaper: a dry run changes nothing, a live one removes a failed build and reports it", async () => {
    const told = await listen(aws, topicOf("reaper"));
    const zombie = await makeZombie(aws, "1");
    const look = () =>
      Promise.all([
        aws.call(
          "ec2 describe-instances --query Reservations[].Instances[].[InstanceId,State.Name] --instance-ids",
          zombie.instance,
        ),
        aws.call("ec2 describe-key-pairs --query KeyPairs[].KeyName"),
        aws.call("ec2 describe-addresses --query Addresses[].AllocationId"),
        aws.call(`ec2 describe-security-groups --query SecurityGroups[?GroupName=='${zombie.key}'].GroupId`),
        aws.call("ec2 describe-volumes --query Volumes[].VolumeId"),
        aws.call(`iam list-roles --query Roles[?RoleName=='${zombie.role}'].RoleName`),
      ]);
    const before = await look();
    const event = ruleEvent(stacks.reaper.the("AWS::Events::Rule"));
    expect(await run("reaper", event)).toMatchObject({ body: expect.stringContaining("(dry run)") });
    expect(await look()).toEqual(before);
    const { Environment } = await configurationOf(aws, deployed("reaper"));
    await aws.call(`lambda update-function-configuration --function-name ${deployed("reaper")} --environment`, {
      Variables: { ...Environment.Variables, DRY_RUN: "false" },
    });
    expect(await run("reaper", event)).toMatchObject({ body: expect.stringContaining("(live)") });

    expect(await look()).toEqual([[[zombie.instance, "terminated"]], [], [], [], [], []]);
    const [planned, done] = await told();
    for (const each of [planned, done]) expect(each?.text).toContain(zombie.instance);
    expect([planned?.subject, done?.subject]).toEqual([
      expect.stringContaining("would be removed"),
      expect.stringMatching(/^Evenkeel reap \(live\): \d+ removed/),
    ]);
  });

  test("pause, stay-stopped, resume: awscli sees it stopped, stopped again, and as it was", async () => {
    const { schedule } = stacks;
    const tags = [{ Key: "env", Value: "dev" }];
    // Without a public address: that is AWS's own, but moto says that it is the account's, and resuming misses it rightly.
    await aws.call(
      "ec2 run-instances --image-id ami-12c6146b --instance-type t3.micro --no-associate-public-ip-address --tag-specifications",
      [{ ResourceType: "instance", Tags: tags }],
    );
    await aws.call("ec2 run-instances --image-id ami-12c6146b --instance-type t3.micro");
    await aws.call(
      "rds create-db-instance --db-instance-identifier orders --engine postgres --db-instance-class db.m5.large --allocated-storage 50 --master-username shop --master-user-password not-a-real-password --tags",
      tags,
    );
    const database = () => aws.text("rds describe-db-instances --query DBInstances[0].DBInstanceStatus");
    const look = async () => [
      await aws.call(
        "ec2 describe-instances --query Reservations[].Instances[].[InstanceId,State.Name,PrivateIpAddress]",
      ),
      await aws.call(
        "rds describe-db-instances --query DBInstances[].[DBInstanceIdentifier,DBInstanceStatus,DBInstanceClass,AllocatedStorage,MultiAZ,TagList]",
      ),
      await aws.call("events list-rules"),
      await aws.call("cloudwatch describe-alarms --query MetricAlarms[].[AlarmName,ActionsEnabled]"),
    ];
    const told = await listen(aws, topicOf("schedule"));
    const before = await look();
    const at = (name: "pause" | "resume", which: string) =>
      run(name, scheduleEvent(schedule.the("AWS::Scheduler::Schedule", which)));
    expect(await at("pause", "PauseAt")).toMatchObject({ body: expect.stringContaining("paused 2 of 2") });
    expect(await database()).toBe("stopped");
    expect((await look())[0]).not.toEqual(before[0]);
    const records = await aws.call(
      `s3api list-objects-v2 --bucket ${schedule.the("AWS::S3::Bucket")} --prefix evenkeel/accounts/123456789012/records/ --query Contents[].Key`,
    );
    expect(records).toContainEqual(expect.stringMatching(/\/r-[^/]+/));

    await aws.call("rds start-db-instance --db-instance-identifier orders");
    for (const id of ["RDS-EVENT-0154", "RDS-EVENT-0088"])
      expect(await run("stay-stopped", databaseEvent("orders", id))).toMatchObject({ statusCode: 200 });
    expect(await database()).toBe("stopped");

    expect(await at("resume", "ResumeAt")).toMatchObject({
      body: expect.stringContaining("put back 1 of 1 pause record"),
    });
    expect(await look()).toEqual(before);
    expect(await told()).toHaveLength(2);
  });

  test("snapshot tells what was added since its first run", async () => {
    const told = await listen(aws, topicOf("watch"));
    const look = () => run("snapshot", ruleEvent(stacks.watch.the("AWS::Events::Rule")));
    await look();
    await aws.call("ec2 create-key-pair --key-name added-later");
    await look();

    expect((await told()).map(({ text }) => text)).toEqual([
      expect.stringContaining("From now on"),
      expect.stringContaining("added-later"),
    ]);
  });

  test("shed-step gives all back by the message that comes when it is due: the listener is to the letter what it was", async () => {
    await setAlarm("OK");
    let received: readonly Received[] = [];
    while (received.length === 0) received = await receive(aws, steps(), 360);
    const [{ Attributes = {} } = {}] = received;
    const waited = Date.now() - Number(Attributes.SentTimestamp);
    expect(await run("shed-step", queueEvent(received, steps()))).toEqual({ batchItemFailures: [] });

    expect(waited).toBeGreaterThanOrEqual(60_000);
    expect((await describeSite(aws, site)).text).toBe(unshed.text);
  });

  test("no role was refused anything that its function asked for", () => {
    expect(refused).toEqual(Object.fromEntries(NAMES.map((name) => [name, []])));
  });
});
