import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Function as LambdaFunction, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { FUNCTIONS, type FunctionName } from "../lambda/functions.ts";
import type { Ground } from "./ground.ts";
import { functionPolicy, type GrantOptions } from "./iam.ts";
import { type Places, policiesOf } from "./statements.ts";

export interface FunctionProps {
  readonly environment: Readonly<Record<string, string>>;
  readonly grants?: GrantOptions;
  /** What the words in the grants stand for. */
  readonly places?: Places;
  /** Where an event goes that failed or waited too long; absent = the next one does what it should have done. */
  readonly deadLetters?: IQueue;
  /** How long an event may wait for its turn; an hour unless said. */
  readonly maxEventAge?: Duration;
  /** Called by a queue, which keeps what waits itself. */
  readonly isPolled?: boolean;
}

/** An event that waited longer is out of date. Lambda's usual 6 hours could pause in the morning what was meant for the night. */
const LONGEST_WAIT = Duration.hours(1);

/** A function of `lambda/functions.ts` with its role, its log, and alarms for errors and throttles. */
export class EvenkeelFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, name: FunctionName, ground: Ground, props: FunctionProps) {
    super(scope, id);
    const { brief, timeoutSeconds, memoryMegabytes, isSingle } = FUNCTIONS[name];
    const { code, logRetention = RetentionDays.ONE_MONTH, tracing = false, action } = ground;
    const logGroup = new LogGroup(this, "Log", { retention: logRetention, removalPolicy: RemovalPolicy.DESTROY });
    const says = `Evenkeel's ${name}: ${brief}`;
    const statements = functionPolicy(name, { ...ground.grants, ...props.grants });
    this.role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: says,
      managedPolicies: policiesOf(this, { statements, places: { ...ground.places, ...props.places }, says }).map(
        ({ ref }, index) => ManagedPolicy.fromManagedPolicyArn(this, `Attached${index}`, ref),
      ),
    });
    this.role.addToPolicy(
      new PolicyStatement({
        sid: "Log",
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [logGroup.logGroupArn],
      }),
    );
    this.lambda = new LambdaFunction(this, "Function", {
      description: says,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: code(name),
      role: this.role,
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: memoryMegabytes,
      ...(isSingle ? { reservedConcurrentExecutions: 1 } : {}),
      logGroup,
      tracing: tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      environment: { ...ground.environment, ...props.environment },
      ...(props.isPolled ? {} : { maxEventAge: props.maxEventAge ?? LONGEST_WAIT }),
      ...(props.deadLetters ? { deadLetterQueue: props.deadLetters } : {}),
    });
    if (tracing)
      Validations.of(this.role).acknowledge({
        id: "AwsSolutions-IAM5[Resource::*]",
        reason: "X-Ray's actions that send traces take no resource.",
      });
    const rings = (what: string, metric: Metric, why: string) => {
      const alarm = new Alarm(this, `${what}Alarm`, {
        alarmDescription: `Evenkeel's ${name}: ${why}`,
        metric,
        threshold: 0,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: 1,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      if (action) alarm.addAlarmAction(action);
      return alarm;
    };
    const period = Duration.seconds(timeoutSeconds < 300 ? 60 : 300);
    this.alarms = [
      rings("Error", this.lambda.metricErrors({ period }), "a run ended with an error; its log says which"),
      rings("Throttle", this.lambda.metricThrottles({ period }), "a run had to wait, as another one was at work"),
    ];
  }
}
