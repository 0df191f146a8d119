import { Duration } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as LambdaTarget } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import { dashboard } from "./dashboard.ts";
import { DeadLetters } from "./dead-letters.ts";
import { EvenkeelFunction } from "./function.ts";
import { type CommonProps, groundWithStore, type Place, type StoreProps } from "./ground.ts";
import { environmentOf, PAUSING, type PropsOf } from "./settings.ts";

export interface StaySafeProps extends CommonProps, StoreProps, PropsOf<typeof PAUSING> {
  /** That of the pauses: in it is written what is to stay stopped. */
  readonly bucket: Place;
}

/**
 * AWS starts what has been stopped for seven days, and says so (0154, 0153) before it is up (0088, 0151); only then it can be
 * stopped again. Source: RDS user guide, "Amazon RDS event categories and event messages".
 */
const EVENTS = {
  Instance: { detailType: "RDS DB Instance Event", ids: ["RDS-EVENT-0154", "RDS-EVENT-0088"] },
  Cluster: { detailType: "RDS DB Cluster Event", ids: ["RDS-EVENT-0153", "RDS-EVENT-0151"] },
} as const;

/** Stops again the databases that AWS has started although a pause record says that they are paused. */
export class StaySafe extends Construct {
  readonly stayStopped: EvenkeelFunction;

  constructor(scope: Construct, id: string, props: StaySafeProps) {
    super(scope, id);
    const ground = groundWithStore(this, props);
    const lost = new DeadLetters(
      this,
      "Lost",
      "Evenkeel could not handle that AWS has started a database: it may be running, and cost, although it is paused",
      ground.action,
    );
    this.stayStopped = new EvenkeelFunction(this, "Run", "stay-stopped", ground, {
      environment: environmentOf(PAUSING, props),
      deadLetters: lost.queue,
      // What was paused in one night is started in one night, and stops one by one. Six hours are Lambda's longest.
      maxEventAge: Duration.hours(6),
    });
    for (const [name, { detailType, ids }] of Object.entries(EVENTS))
      new Rule(this, `${name}Started`, {
        description: "Tells Evenkeel that AWS has started what was stopped",
        eventPattern: { source: ["aws.rds"], detailType: [detailType], detail: { EventID: [...ids] } },
        targets: [
          new LambdaTarget(this.stayStopped.lambda, { deadLetterQueue: lost.queue, maxEventAge: Duration.hours(24) }),
        ],
      });
    dashboard(this, { "stay-stopped": this.stayStopped }, { alarms: [lost.alarm] });
  }
}
