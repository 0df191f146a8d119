import { App, CfnOutput, Stack } from "aws-cdk-lib";
import { Match } from "aws-cdk-lib/assertions";
import { Alarm } from "aws-cdk-lib/aws-cloudwatch";
import { Schedule as Times } from "aws-cdk-lib/aws-events";
import { Key } from "aws-cdk-lib/aws-kms";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Topic } from "aws-cdk-lib/aws-sns";
import { StringParameter } from "aws-cdk-lib/aws-ssm";
import { describe, expect, it } from "vitest";
import {
  LoadShedder,
  OperatorRole,
  Reaper,
  type ReaperProps,
  Schedule,
  SnapshotWatch,
  StaySafe,
} from "../../src/cdk/index.ts";
import { FUNCTIONS, type FunctionName } from "../../src/lambda/functions.ts";
import { code, GROUP, LISTENER, shedding, synthesised } from "./made.ts";

const night = { code, selection: { type: ["ec2:instance"] }, pauseAt: "cron(0 19 ? * MON-FRI *)" };
const store = (stack: ConstructorParameters<typeof Bucket>[0]) =>
  Bucket.fromBucketName(stack, "Store", "records-of-mine");

const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
/** What the stack's own ARNs of a service begin with, to be joined. */
const ARN_OF = (service: string) => {
  return ["arn:", { Ref: "AWS::Partition" }, `:${service}:`, { Ref: "AWS::Region" }, ":", { Ref: "AWS::AccountId" }];
};

/** Each construct with as little as it takes, and the functions in it. */
const ALL: Readonly<Record<string, [(stack: never) => unknown, readonly FunctionName[]]>> = {
  Reaper: [(stack) => new Reaper(stack, "It", { code }), ["reaper"]],
  LoadShedder: [(stack) => new LoadShedder(stack, "It", shedding()), ["shed-alarm", "shed-step"]],
  Schedule: [(stack) => new Schedule(stack, "It", night), ["pause", "resume"]],
  StaySafe: [(stack) => new StaySafe(stack, "It", { code, bucket: store(stack) }), ["stay-stopped"]],
  SnapshotWatch: [(stack) => new SnapshotWatch(stack, "It", { code }), ["snapshot"]],
};

describe.each(Object.entries(ALL))("%s", (_, [fill, names]) => {
  const { of, template } = synthesised((stack) => fill(stack as never));

  it("has its functions as the table of functions says", () => {
    const functions = of("AWS::Lambda::Function").map(({ Properties }) => Properties);
    expect(functions).toHaveLength(names.length);
    for (const [index, name] of names.entries()) {
      const { timeoutSeconds, memoryMegabytes, isSingle } = FUNCTIONS[name];
      expect(functions[index]).toMatchObject({
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
        Handler: "index.handler",
        Timeout: timeoutSeconds,
        MemorySize: memoryMegabytes,
      });
      expect(functions[index].ReservedConcurrentExecutions).toBe(isSingle ? 1 : undefined);
      expect(functions[index]).not.toHaveProperty("TracingConfig");
    }
  });

  it("keeps logs for 30 days, rings for errors and throttles, and shows them", () => {
    expect(of("AWS::Logs::LogGroup").map(({ Properties }) => Properties.RetentionInDays)).toEqual(names.map(() => 30));
    const metrics = of("AWS::CloudWatch::Alarm").filter(({ Properties }) => Properties.Namespace === "AWS/Lambda");
    expect(metrics.map(({ Properties }) => Properties.MetricName)).toEqual(
      names.flatMap(() => ["Errors", "Throttles"]),
    );
    for (const { Properties } of metrics)
      expect(Properties).toMatchObject({ Threshold: 0, AlarmActions: [{ Ref: expect.any(String) }] });
    template.resourceCountIs("AWS::CloudWatch::Dashboard", 1);
  });

  it("names nothing itself, and no partition, region or account", () => {
    const named = of().filter(({ Type, Properties = {} }) => {
      const names = Object.keys(Properties).filter((key) => NAMES.test(key) && typeof Properties[key] === "string");
      return Type !== "AWS::IAM::Policy" && names.length > 0;
    });
    expect(named).toEqual([]);
    const text = JSON.stringify(of()).replaceAll(LISTENER, "").replaceAll(GROUP, "");
    expect(text).not.toMatch(/arn:aws|\d{12}|us-east-1|eu-west-1|amazonaws\.com[/.:]/);
  });

  it("stands twice in one app", () => {
    const app = new App({ analyticsReporting: false });
    for (const name of ["One", "Two"]) fill(new Stack(app, name) as never);
    expect(app.synth().stacks.map(({ stackName }) => stackName)).toEqual(["One", "Two"]);
  });

  it("encrypts what it keeps, and takes nothing without TLS", () => {
    for (const { Properties } of of("AWS::SQS::Queue")) expect(Properties.SqsManagedSseEnabled).toBe(true);
    for (const { Properties } of of("AWS::SNS::Topic")) expect(Properties).toHaveProperty("KmsMasterKeyId");
    for (const { Properties } of of("AWS::S3::Bucket"))
      expect(Properties).toMatchObject({
        BucketEncryption: expect.anything(),
        VersioningConfiguration: { Status: "Enabled" },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      });
    const policies = [...of("AWS::SQS::QueuePolicy"), ...of("AWS::SNS::TopicPolicy"), ...of("AWS::S3::BucketPolicy")];
    for (const { Properties } of policies)
      expect(JSON.stringify(Properties)).toContain('"aws:SecureTransport":"false"');
    for (const { Properties } of of("AWS::KMS::Key")) expect(Properties.EnableKeyRotation).toBe(true);
  });
});

/** Of functions, queues, tables, topics, buckets, rules, alarms, roles, policies, log groups, dashboards, schedules. */
const NAMES =
  /^(FunctionName|QueueName|TableName|TopicName|BucketName|AlarmName|RoleName|ManagedPolicyName|LogGroupName|DashboardName|Name)$/;

describe("what all take", () => {
  it("can be told where people are told, how long logs are kept, and to trace", () => {
    const { of, environments } = synthesised((stack) => {
      const topic = Topic.fromTopicArn(stack, "Mine", "arn:aws:sns:eu-west-1:123456789012:mine");
      const webhookSecret = Secret.fromSecretNameV2(stack, "Hook", "hook");
      new Reaper(stack, "It", {
        code,
        topic,
        webhookSecret,
        tracing: true,
        logRetention: RetentionDays.ONE_WEEK,
        bucket: store(stack),
        prefix: "team",
      });
    });
    expect(environments()[0]).toMatchObject({
      SNS_TOPIC_ARN: "arn:aws:sns:eu-west-1:123456789012:mine",
      EVENKEEL_STORE: "s3://records-of-mine/team",
    });
    expect(environments()[0]).toHaveProperty("WEBHOOK_URL_SECRET");
    expect(of("AWS::Logs::LogGroup")[0]?.Properties.RetentionInDays).toBe(7);
    expect(of("AWS::Lambda::Function")[0]?.Properties.TracingConfig).toEqual({ Mode: "Active" });
    for (const type of ["AWS::SNS::Topic", "AWS::KMS::Key", "AWS::S3::Bucket"]) expect(of(type)).toEqual([]);
    const text = JSON.stringify(of("AWS::IAM::ManagedPolicy"));
    expect(text).toContain(":s3:::records-of-mine/team/*");
    expect(text).toContain('"secretsmanager:GetSecretValue"');
  });

  it.each<[string, (stack: Stack) => ReaperProps, object, object[]]>([
    [
      "a secret by its name",
      (stack) => ({ webhookSecret: Secret.fromSecretNameV2(stack, "Hook", "hook") }),
      { WEBHOOK_URL_SECRET: { "Fn::Join": ["", [...ARN_OF("secretsmanager"), ":secret:hook"]] } },
      [
        {
          Sid: "WebhookSecret",
          Effect: "Allow",
          Action: ["secretsmanager:GetSecretValue"],
          Resource: { "Fn::Join": ["", [...ARN_OF("secretsmanager"), ":secret:hook-??????"]] },
        },
      ],
    ],
    [
      "a parameter",
      (stack) => ({
        webhookParameter: StringParameter.fromSecureStringParameterAttributes(stack, "Hook", {
          parameterName: "/keel/hook",
        }),
      }),
      { WEBHOOK_URL_PARAMETER: "/keel/hook" },
      [
        {
          Sid: "WebhookParameter",
          Effect: "Allow",
          Action: ["ssm:GetParameter"],
          Resource: { "Fn::Join": ["", [...ARN_OF("ssm"), ":parameter/keel/hook"]] },
        },
      ],
    ],
    [
      "a parameter with a key of the customer's",
      (stack) => ({
        webhookParameter: StringParameter.fromSecureStringParameterAttributes(stack, "Hook", {
          parameterName: "hook",
          encryptionKey: Key.fromKeyArn(stack, "Key", KEY),
        }),
      }),
      { WEBHOOK_URL_PARAMETER: "hook" },
      [
        expect.objectContaining({ Sid: "WebhookParameter" }),
        {
          Sid: "WebhookKey",
          Effect: "Allow",
          Action: ["kms:Decrypt"],
          Resource: KEY,
          Condition: { StringLike: { "kms:ViaService": "ssm.*.amazonaws.com*" } },
        },
      ],
    ],
    [
      "a secret with a key of the customer's",
      (stack) => ({
        webhookSecret: Secret.fromSecretAttributes(stack, "Hook", {
          secretCompleteArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:hook-Ab12Cd",
          encryptionKey: Key.fromKeyArn(stack, "Key", KEY),
        }),
      }),
      { WEBHOOK_URL_SECRET: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:hook-Ab12Cd" },
      [
        expect.objectContaining({ Resource: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:hook-Ab12Cd" }),
        expect.objectContaining({
          Sid: "WebhookKey",
          Condition: { StringLike: { "kms:ViaService": "secretsmanager.*.amazonaws.com*" } },
        }),
      ],
    ],
  ])("lets the function read the webhook's URL in %s, and nothing else", (_, webhook, told, allowed) => {
    const { of, environments } = synthesised((stack) => new Reaper(stack, "It", { code, ...webhook(stack) }));
    const { WEBHOOK_URL_SECRET, WEBHOOK_URL_PARAMETER } = environments()[0] ?? {};
    const statements = of("AWS::IAM::ManagedPolicy").flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(JSON.parse(JSON.stringify({ WEBHOOK_URL_SECRET, WEBHOOK_URL_PARAMETER }))).toEqual(told);
    expect(statements.filter(({ Sid }) => Sid.startsWith("Webhook"))).toEqual(allowed);
  });

  it("refuses two places of one webhook's URL", () => {
    const both = (stack: Stack) => ({
      webhookSecret: Secret.fromSecretNameV2(stack, "Secret", "hook"),
      webhookParameter: StringParameter.fromStringParameterName(stack, "Parameter", "hook"),
    });
    expect(() => synthesised((stack) => new Reaper(stack, "It", { code, ...both(stack) }))).toThrow("webhookParameter");
  });

  it("tells only the log where there is to be no topic", () => {
    const { of, environments } = synthesised((stack) => new Reaper(stack, "It", { code, topic: "none" }));
    expect(environments()[0]).not.toHaveProperty("SNS_TOPIC_ARN");
    expect(JSON.stringify(of("AWS::IAM::ManagedPolicy"))).not.toContain("sns:Publish");
    for (const { Properties } of of("AWS::CloudWatch::Alarm")) expect(Properties).not.toHaveProperty("AlarmActions");
  });
});

describe("Reaper", () => {
  it("runs every hour and says what it is told", () => {
    const { template, environments } = synthesised(
      (stack) =>
        new Reaper(stack, "It", {
          code,
          dryRun: false,
          maxInstanceAgeHours: 4,
          keyPairPattern: "build_",
          confirmRuns: 2,
          logLevel: "DEBUG",
        }),
    );
    template.hasResourceProperties("AWS::Events::Rule", { ScheduleExpression: "rate(1 hour)", State: "ENABLED" });
    expect(environments()[0]).toMatchObject({
      DRY_RUN: "false",
      MAX_INSTANCE_AGE_HOURS: "4",
      KEY_PAIR_PATTERN: "build_",
      CONFIRM_RUNS: "2",
      LOG_LEVEL: "DEBUG",
    });
    expect(JSON.stringify(template.findResources("AWS::IAM::ManagedPolicy"))).toContain(":key-pair/build_*");
  });

  it("takes another schedule, and policies of one's own with the rights that these need", () => {
    const policies = { idle: { match: { type: ["rds:db"] }, action: "pause" } } as const;
    const { template, environments } = synthesised(
      (stack) =>
        new Reaper(stack, "It", { code, schedule: Times.expression("cron(0 3 * * ? *)"), policy: ["idle"], policies }),
    );
    template.hasResourceProperties("AWS::Events::Rule", { ScheduleExpression: "cron(0 3 * * ? *)" });
    expect(environments()[0]).toMatchObject({ EVENKEEL_POLICY: "idle", EVENKEEL_POLICIES: JSON.stringify(policies) });
    expect(JSON.stringify(template.findResources("AWS::IAM::ManagedPolicy"))).toContain("rds:StopDBInstance");
  });

  it.each([
    [{ maxInstanceAgeHours: 0 }, "instance"],
    [{ maxInstanceAgeHours: 169 }, "instance"],
    [{ maxResourceAgeHours: 1.5 }, "MAX_RESOURCE_AGE_HOURS"],
    [{ batchDeleteSize: 51 }, "BATCH_DELETE_SIZE"],
    [{ confirmRuns: 3 }, "2"],
    [{ keyPairPattern: " " }, "key pattern"],
    [{ policy: ["paker"] }, "packer"],
    [{ selection: { regions: ["narnia"] } }, "narnia"],
  ])("refuses %j", (props, why) => {
    expect(() => synthesised((stack) => new Reaper(stack, "It", { code, ...props }))).toThrow(why);
  });
});

describe("LoadShedder", () => {
  const { template, of, environments } = synthesised(
    (stack) => new LoadShedder(stack, "It", shedding({ shedPercent: 10, emptyGroups: [`${GROUP}0`] })),
  );

  it("has a queue that gives up after three tries, and keeps what was given up for 14 days", () => {
    template.hasResourceProperties("AWS::SQS::Queue", {
      VisibilityTimeout: 120,
      RedrivePolicy: { maxReceiveCount: 3, deadLetterTargetArn: Match.anyValue() },
    });
    expect(
      of("AWS::SQS::Queue").filter(({ Properties }) => Properties.MessageRetentionPeriod === 1_209_600),
    ).toHaveLength(2);
    template.resourcePropertiesCountIs(
      "AWS::CloudWatch::Alarm",
      { MetricName: "ApproximateNumberOfMessagesVisible", Threshold: 0 },
      2,
    );
  });

  it("lets a message come back by itself, and keeps the events of the alarm that could not be handled", () => {
    template.hasResourceProperties("AWS::Lambda::EventSourceMapping", {
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      BatchSize: 1,
    });
    template.hasResourceProperties("AWS::Lambda::Function", { DeadLetterConfig: { TargetArn: Match.anyValue() } });
    template.hasResourceProperties("AWS::Events::Rule", {
      Targets: [Match.objectLike({ DeadLetterConfig: Match.anyValue() })],
    });
  });

  it("keeps its state in a table with the keys and the time to live of the ledger", () => {
    template.hasResource("AWS::DynamoDB::Table", {
      DeletionPolicy: "Retain",
      Properties: {
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [
          { AttributeName: "pk", KeyType: "HASH" },
          { AttributeName: "sk", KeyType: "RANGE" },
        ],
        TimeToLiveSpecification: { AttributeName: "expires", Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
      },
    });
  });

  it("makes the alarm, and hears of that alarm only", () => {
    template.hasResourceProperties("AWS::CloudWatch::Alarm", {
      Namespace: "AWS/ApplicationELB",
      MetricName: "RequestCountPerTarget",
      Statistic: "Sum",
      Threshold: 500,
      EvaluationPeriods: 3,
      Period: 60,
      ComparisonOperator: "GreaterThanThreshold",
      Dimensions: [
        { Name: "LoadBalancer", Value: "app/web/50dc6c495c0c9188" },
        { Name: "TargetGroup", Value: "targetgroup/web/73e2d6bc24d8a067" },
      ],
    });
    const [rule, ...others] = of("AWS::Events::Rule");
    expect(others).toEqual([]);
    const { source, "detail-type": type, resources } = rule?.Properties.EventPattern ?? {};
    expect([source, type, resources.length]).toEqual([["aws.cloudwatch"], ["CloudWatch Alarm State Change"], 1]);
    expect(JSON.stringify(resources)).toMatch(/:alarm:",\{"Ref":"ItOverrun/);
  });

  it("tells both functions the same", () => {
    const [begin, step] = environments();
    expect(begin).toEqual(step);
    expect(begin).toMatchObject({
      ELB_LISTENER_ARN: LISTENER,
      ELB_SHED_PERCENT: "10",
      SHED_EMPTY_GROUPS: `${GROUP}0`,
      CW_ALARM_NAME: { Ref: expect.any(String) },
    });
    expect(begin).toHaveProperty("SHED_QUEUE_URL");
    expect(JSON.stringify(begin?.SHED_STATE)).toContain("dynamodb:");
  });

  it("lets them change that listener and its rules only", () => {
    const text = JSON.stringify(of("AWS::IAM::ManagedPolicy"));
    const changes = /"Action":\["elasticloadbalancing:Modify(Listener|Rule)"\],"Resource":(\{.*?\]\]\})/g;
    const resources = [...text.matchAll(changes)].map(([, what, resource = ""]) => [
      what,
      resource.includes("50dc6c495c0c9188/f2f7dc8efc522ab2"),
    ]);
    expect(resources).toEqual([
      ["Listener", true],
      ["Rule", true],
      ["Listener", true],
      ["Rule", true],
    ]);
  });

  it("takes an alarm that is there, a percentile, and another metric", () => {
    const own = synthesised(
      (stack) => new LoadShedder(stack, "It", shedding({ alarm: Alarm.fromAlarmName(stack, "Mine", "mine") })),
    );
    expect(own.environments()[0]).toMatchObject({ CW_ALARM_NAME: "mine" });
    expect(
      own.of("AWS::CloudWatch::Alarm").some(({ Properties }) => Properties.Namespace === "AWS/ApplicationELB"),
    ).toBe(false);
    const other = synthesised(
      (stack) =>
        new LoadShedder(
          stack,
          "It",
          shedding({ alarmNamespace: "Mine", alarmMetric: "Load", alarmStatistic: "p99", alarmThreshold: 0.5 }),
        ),
    );
    other.template.hasResourceProperties("AWS::CloudWatch::Alarm", {
      Namespace: "Mine",
      MetricName: "Load",
      ExtendedStatistic: "p99",
      Statistic: Match.absent(),
      Dimensions: Match.absent(),
      Threshold: 0.5,
    });
  });

  it.each([
    [{ shedPercent: 0 }, "ELB_SHED_PERCENT"],
    [{ maxShedPercent: 101 }, "MAX_ELB_SHED_PERCENT"],
    [{ shedDelay: 59 }, "SHED_MESG_DELAY_SEC"],
    [{ alarmPeriod: 90 }, "CW_ALARM_PERIOD"],
    [{ primary: "web" }, "ELB_TARGET_GROUP_ARN"],
    [{ loadBalancer: GROUP }, "ELB_ARN"],
    [{ emptyGroups: [GROUP] }, "SHED_EMPTY_GROUPS"],
    [{ batchSize: 11 }, "batchSize"],
  ])("refuses %j with the name", (props, name) => {
    expect(() => synthesised((stack) => new LoadShedder(stack, "It", shedding(props)))).toThrow(name);
  });
});

describe("Schedule", () => {
  it("pauses and resumes by the clock of a time zone, as a role that may call just these two", () => {
    const { template, of, environments } = synthesised(
      (stack) =>
        new Schedule(stack, "It", {
          ...night,
          resumeAt: "cron(0 7 ? * MON-FRI *)",
          timeZone: "Europe/Zurich",
          dryRun: false,
        }),
    );
    const schedules = of("AWS::Scheduler::Schedule").map(({ Properties }) => Properties);
    expect(schedules.map(({ ScheduleExpression }) => ScheduleExpression)).toEqual([
      night.pauseAt,
      "cron(0 7 ? * MON-FRI *)",
    ]);
    for (const each of schedules)
      expect(each).toMatchObject({
        ScheduleExpressionTimezone: "Europe/Zurich",
        FlexibleTimeWindow: { Mode: "OFF" },
        Target: { DeadLetterConfig: expect.anything() },
      });
    expect(environments()).toEqual(
      [0, 1].map(() => expect.objectContaining({ EVENKEEL_SELECTION: '{"type":["ec2:instance"]}', DRY_RUN: "false" })),
    );
    template.hasResourceProperties("AWS::IAM::Role", {
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Principal: { Service: "scheduler.amazonaws.com" },
            Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
          }),
        ],
      },
      Policies: [
        {
          PolicyDocument: {
            Statement: [
              Match.objectLike({ Action: "lambda:InvokeFunction", Resource: [Match.anyValue(), Match.anyValue()] }),
              Match.anyValue(),
            ],
          },
        },
      ],
    });
    expect(JSON.stringify(of("AWS::IAM::ManagedPolicy"))).not.toContain("rds:StopDBInstance");
  });

  it("pauses by a budget, through a topic of its own that only budgets of this account write to", () => {
    const { template, of, environments } = synthesised(
      (stack) =>
        new Schedule(stack, "It", { code, selection: { tag: ["env=dev"] }, budget: { amount: 500, percent: 80 } }),
    );
    template.hasResourceProperties("AWS::Budgets::Budget", {
      Budget: { BudgetLimit: { Amount: 500, Unit: "USD" }, TimeUnit: "MONTHLY" },
      NotificationsWithSubscribers: [Match.objectLike({ Notification: Match.objectLike({ Threshold: 80 }) })],
    });
    const [told, budget] = of("AWS::SNS::Subscription").map(({ Properties }) => Properties.TopicArn.Ref);
    expect([told, budget]).toEqual([expect.stringContaining("BudgetTopic"), undefined]);
    expect(JSON.stringify(environments()[0]?.SNS_TOPIC_ARN)).not.toContain("Budget");
    template.resourceCountIs("AWS::Scheduler::Schedule", 0);
  });

  it("is refused where nothing would ever be paused, or the selection makes no sense", () => {
    expect(() => synthesised((stack) => new Schedule(stack, "It", { code, selection: {} }))).toThrow("pauseAt");
    expect(() =>
      synthesised((stack) => new Schedule(stack, "It", { ...night, selection: { type: ["ec2:instanze"] } })),
    ).toThrow("ec2:instance");
  });
});

it("StaySafe hears of just the four events of databases that AWS starts", () => {
  const { of } = synthesised((stack) => new StaySafe(stack, "It", { code, bucket: store(stack) }));
  expect(of("AWS::Events::Rule").map(({ Properties }) => Properties.EventPattern)).toEqual([
    {
      source: ["aws.rds"],
      "detail-type": ["RDS DB Instance Event"],
      detail: { EventID: ["RDS-EVENT-0154", "RDS-EVENT-0088"] },
    },
    {
      source: ["aws.rds"],
      "detail-type": ["RDS DB Cluster Event"],
      detail: { EventID: ["RDS-EVENT-0153", "RDS-EVENT-0151"] },
    },
  ]);
  expect(of("AWS::S3::Bucket")).toEqual([]);
});

it("SnapshotWatch looks every day at what is selected", () => {
  const { template, environments } = synthesised(
    (stack) => new SnapshotWatch(stack, "It", { code, selection: { regions: ["eu-west-1"] }, setBaseline: true }),
  );
  template.hasResourceProperties("AWS::Events::Rule", { ScheduleExpression: "rate(1 day)" });
  expect(environments()[0]).toMatchObject({
    EVENKEEL_SELECTION: '{"regions":["eu-west-1"]}',
    EVENKEEL_SET_BASELINE: "true",
  });
});

it("OperatorRole asks for an external id and MFA where wanted, and may use the store", () => {
  const { template } = synthesised((stack) => {
    const { roleArn } = new OperatorRole(stack, "It", {
      externalId: "agreed",
      mfa: true,
      bucket: store(stack),
      types: ["ec2:instance"],
    });
    new CfnOutput(stack, "Role", { value: roleArn });
  });
  template.hasResourceProperties("AWS::IAM::Role", {
    RoleName: Match.absent(),
    AssumeRolePolicyDocument: {
      Statement: [
        Match.objectLike({
          Condition: { StringEquals: { "sts:ExternalId": "agreed" }, Bool: { "aws:MultiFactorAuthPresent": "true" } },
        }),
      ],
    },
  });
  const text = JSON.stringify(template.findResources("AWS::IAM::ManagedPolicy"));
  expect(text).toContain("records-of-mine/evenkeel/*");
  expect(text).not.toContain("rds:Stop");
});
