import { Aws } from "aws-cdk-lib";
import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import { LambdaSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { RawSelection } from "../engine/selection.ts";
import { checkSelection, checkTimes } from "./checks.ts";
import { dashboard } from "./dashboard.ts";
import { DeadLetters } from "./dead-letters.ts";
import { EvenkeelFunction } from "./function.ts";
import { type CommonProps, groundWithStore, type Place, type StoreProps } from "./ground.ts";
import { environmentOf, PAUSING, type PropsOf, selectionOf } from "./settings.ts";
import { encryptedTopic } from "./topic.ts";

/** Pauses when the month's costs of the account have come so far. */
export interface BudgetProps {
  /** Of a month, in US dollars. */
  readonly amount: number;
  /** At so many percent of it the pause begins; absent = 100. */
  readonly percent?: number;
}

export interface ScheduleProps extends CommonProps, StoreProps, PropsOf<typeof PAUSING> {
  /** What is paused, and nothing else. The same as JSON where CloudFormation fills it in. */
  readonly selection: RawSelection | string;
  /** When it is paused: `cron(0 19 ? * MON-FRI *)`, or `at(…)`, or `rate(…)`; absent = only by the budget. */
  readonly pauseAt?: string;
  /** When it is resumed; absent = by a person. */
  readonly resumeAt?: string;
  /** Of both times, as the IANA names it: `Europe/Zurich`; absent = UTC. */
  readonly timeZone?: string;
  /** A budget of the account that it is paused by; absent = none. */
  readonly budget?: BudgetProps;
}

/** Pauses a selection and resumes it, by the clock of a time zone; pauses also when a budget is used up. */
export class Schedule extends Construct {
  readonly pause: EvenkeelFunction;
  readonly resume: EvenkeelFunction;
  /** Of the records: StaySafe takes the same. */
  readonly bucket: Place;

  constructor(scope: Construct, id: string, props: ScheduleProps) {
    super(scope, id);
    const { selection, pauseAt, resumeAt, timeZone = "UTC", budget } = props;
    checkTimes(props);
    const environment = { ...environmentOf(PAUSING, props), ...selectionOf(selection) };
    const grants = checkSelection(environment, { isNamed: true });
    const ground = groundWithStore(this, props);
    this.bucket = ground.bucket;
    const lost = new DeadLetters(
      this,
      "Lost",
      "Evenkeel was not able to pause or to resume at its time: do it by hand",
      ground.action,
    );
    const own = {
      environment,
      ...(grants ? { grants } : {}),
      deadLetters: lost.queue,
    };
    this.pause = new EvenkeelFunction(this, "Pause", "pause", ground, own);
    this.resume = new EvenkeelFunction(this, "Resume", "resume", ground, own);
    const times = { PauseAt: [pauseAt, this.pause], ResumeAt: [resumeAt, this.resume] } as const;
    const caller = callerOf(this, [this.pause, this.resume], lost);
    for (const [name, [expression, { lambda }]] of Object.entries(times))
      if (expression !== undefined)
        new CfnSchedule(this, name, {
          description: `Evenkeel: ${lambda.node.scope?.node.id}`,
          scheduleExpression: expression,
          scheduleExpressionTimezone: timeZone,
          flexibleTimeWindow: { mode: "OFF" },
          target: {
            arn: lambda.functionArn,
            roleArn: caller.roleArn,
            deadLetterConfig: { arn: lost.queue.queueArn },
            retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 10 },
          },
        });
    if (budget) addBudget(this, budget, this.pause);
    dashboard(this, { pause: this.pause, resume: this.resume }, { alarms: [lost.alarm] });
  }
}

/** As whom the EventBridge Scheduler calls. Source: EventBridge Scheduler user guide, "Confused deputy prevention". */
function callerOf(scope: Construct, functions: readonly EvenkeelFunction[], lost: DeadLetters): Role {
  return new Role(scope, "Caller", {
    assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
    description: "As whom the EventBridge Scheduler calls Evenkeel",
    inlinePolicies: {
      Call: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ["lambda:InvokeFunction"],
            resources: functions.map(({ lambda }) => lambda.functionArn),
          }),
          new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [lost.queue.queueArn] }),
        ],
      }),
    },
  });
}

/** By a topic of its own: what is told of a pause must not bring about the next one. */
function addBudget(scope: Construct, { amount, percent = 100 }: BudgetProps, pause: EvenkeelFunction): CfnBudget {
  const topic = encryptedTopic(scope, "BudgetTopic", "budgets");
  topic.addSubscription(new LambdaSubscription(pause.lambda));
  return new CfnBudget(scope, "Budget", {
    budget: { budgetType: "COST", timeUnit: "MONTHLY", budgetLimit: { amount, unit: "USD" } },
    notificationsWithSubscribers: [
      {
        notification: {
          notificationType: "ACTUAL",
          comparisonOperator: "GREATER_THAN",
          threshold: percent,
          thresholdType: "PERCENTAGE",
        },
        subscribers: [{ subscriptionType: "SNS", address: topic.topicArn }],
      },
    ],
  });
}
