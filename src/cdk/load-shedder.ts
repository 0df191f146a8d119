import { Duration, Fn, RemovalPolicy, Token } from "aws-cdk-lib";
import { Alarm, AlarmWidget, GraphWidget, type IAlarm } from "aws-cdk-lib/aws-cloudwatch";
import { AttributeType, BillingMode, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as LambdaTarget } from "aws-cdk-lib/aws-events-targets";
import { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { FUNCTIONS } from "../lambda/functions.ts";
import { checkShed } from "./checks.ts";
import { dashboard } from "./dashboard.ts";
import { DeadLetters } from "./dead-letters.ts";
import { EvenkeelFunction } from "./function.ts";
import { type CommonProps, groundOf } from "./ground.ts";
import { overrunAlarm } from "./overrun-alarm.ts";
import { environmentOf, type PropsOf, SHEDDER } from "./settings.ts";

export interface LoadShedderProps extends CommonProps, PropsOf<typeof SHEDDER> {
  /** The alarm that says that the primary is overrun; absent = one that is made of the props `alarm…`. */
  readonly alarm?: IAlarm;
  /** Messages that one call of shed-step takes, 1 to 10; absent = 1. */
  readonly batchSize?: number;
}

/** Sheds load to other target groups while an alarm is on, step by step, and gives it back. */
export class LoadShedder extends Construct {
  readonly begin: EvenkeelFunction;
  readonly step: EvenkeelFunction;
  readonly queue: Queue;
  readonly table: Table;
  readonly alarm: IAlarm;

  constructor(scope: Construct, id: string, props: LoadShedderProps) {
    super(scope, id);
    const { batchSize = 1, listener } = props;
    if (!Token.isUnresolved(batchSize) && !(Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= 10))
      throw new Error(`batchSize can't be ${batchSize}: it is a whole number from 1 to 10`);
    const settings = environmentOf(SHEDDER, props);
    checkShed(settings);
    const ground = groundOf(this, props);
    this.alarm = props.alarm ?? Alarm.fromAlarmName(this, "Alarm", overrunAlarm(this, "Overrun", props).ref);
    const lostSteps = new DeadLetters(
      this,
      "LostSteps",
      "A step of shedding failed three times, and the loop has stopped: look at `evenkeel shed status`, and go on by hand",
      ground.action,
    );
    const lostAlarms = new DeadLetters(
      this,
      "LostAlarms",
      "Shedding was not begun, or not ended, when the alarm changed: look at `evenkeel shed status`",
      ground.action,
    );
    this.queue = new Queue(this, "Steps", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Source: Lambda developer guide, "Configuring a queue to use with Lambda".
      visibilityTimeout: Duration.seconds(2 * FUNCTIONS["shed-step"].timeoutSeconds),
      deadLetterQueue: { queue: lostSteps.queue, maxReceiveCount: 3 },
    });
    this.table = new Table(this, "State", {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: "expires",
      // The weights to give back are written here, and nowhere else.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const own = {
      environment: {
        ...settings,
        CW_ALARM_NAME: this.alarm.alarmName,
        SHED_STATE: `dynamodb:${this.table.tableName}`,
        SHED_QUEUE_URL: this.queue.queueUrl,
      },
      grants: {
        queue: "{queue}",
        table: "{table}",
        // The ARNs of its rules are made of its own, so that must have the form of one.
        listener: "arn:{partition}:elasticloadbalancing:{region}:{account}:listener/{listener}",
      },
      places: {
        queue: this.queue.queueArn,
        table: this.table.tableArn,
        listener: Fn.select(1, Fn.split(":listener/", listener)),
      },
    };
    this.begin = new EvenkeelFunction(this, "Begin", "shed-alarm", ground, { ...own, deadLetters: lostAlarms.queue });
    this.step = new EvenkeelFunction(this, "Step", "shed-step", ground, { ...own, isPolled: true });
    new EventSourceMapping(this, "StepsToStep", {
      target: this.step.lambda,
      eventSourceArn: this.queue.queueArn,
      batchSize,
      reportBatchItemFailures: true,
    });
    new Rule(this, "AlarmChanged", {
      description: "Tells Evenkeel that the alarm of the overrun has changed",
      eventPattern: {
        source: ["aws.cloudwatch"],
        detailType: ["CloudWatch Alarm State Change"],
        resources: [this.alarm.alarmArn],
      },
      targets: [
        new LambdaTarget(this.begin.lambda, { deadLetterQueue: lostAlarms.queue, maxEventAge: Duration.hours(1) }),
      ],
    });
    dashboard(
      this,
      { "shed-alarm": this.begin, "shed-step": this.step },
      {
        alarms: [this.alarm, lostSteps.alarm, lostAlarms.alarm],
        widgets: [
          new AlarmWidget({ title: "load, and where the alarm rings", width: 12, alarm: this.alarm }),
          new GraphWidget({
            title: "steps that wait",
            width: 12,
            left: [
              this.queue.metricApproximateNumberOfMessagesDelayed(),
              this.queue.metricApproximateNumberOfMessagesVisible(),
            ],
            right: [this.queue.metricApproximateAgeOfOldestMessage()],
            leftYAxis: { min: 0, label: "messages", showUnits: false },
            rightYAxis: { min: 0, label: "seconds", showUnits: false },
          }),
        ],
        looksBack: Duration.hours(3),
      },
    );
  }
}
