import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as LambdaTarget } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import type { RawSelection } from "../engine/selection.ts";
import { checkSelection } from "./checks.ts";
import { dashboard } from "./dashboard.ts";
import { EvenkeelFunction } from "./function.ts";
import { type CommonProps, groundWithStore, type Place, type StoreProps } from "./ground.ts";
import { environmentOf, type PropsOf, selectionOf, WATCH } from "./settings.ts";

export interface SnapshotWatchProps extends CommonProps, StoreProps, PropsOf<typeof WATCH> {
  /** When it looks; absent = once a day. */
  readonly schedule?: Schedule;
  /** What it looks at; absent = everything. The same as JSON where CloudFormation fills it in. */
  readonly selection?: RawSelection | string;
}

/** Takes snapshots on a schedule and tells what differs from the baseline. */
export class SnapshotWatch extends Construct {
  readonly snapshot: EvenkeelFunction;
  readonly bucket: Place;

  constructor(scope: Construct, id: string, props: SnapshotWatchProps = {}) {
    super(scope, id);
    const { selection, schedule = Schedule.rate(Duration.days(1)) } = props;
    const environment = { ...environmentOf(WATCH, props), ...selectionOf(selection) };
    const grants = checkSelection(environment);
    const ground = groundWithStore(this, props);
    this.bucket = ground.bucket;
    this.snapshot = new EvenkeelFunction(this, "Run", "snapshot", ground, {
      environment,
      ...(grants ? { grants } : {}),
    });
    new Rule(this, "Schedule", {
      description: "Has Evenkeel take a snapshot",
      schedule,
      targets: [new LambdaTarget(this.snapshot.lambda, { retryAttempts: 2, maxEventAge: Duration.hours(1) })],
    });
    dashboard(this, { snapshot: this.snapshot });
  }
}
