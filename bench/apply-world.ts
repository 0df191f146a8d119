/** The account of the apply benchmark: 10,000 things that can be paused, in four regions. */
import { CloudWatchClient, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { EC2Client, RunInstancesCommand } from "@aws-sdk/client-ec2";
import { EventBridgeClient, PutRuleCommand } from "@aws-sdk/client-eventbridge";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { virtualClock } from "../src/twin/clock.ts";
import { network } from "../src/twin/demo/network.ts";
import { known, type Seed, seedOf } from "../src/twin/demo/seed.ts";
import { emptyWorld, type World } from "../src/twin/world.ts";

export const REGIONS = ["eu-central-1", "eu-west-1", "us-east-1", "us-west-2"] as const;
const ACCOUNT = "111122223333";
/** Of each, in each region. */
const ALARMS = 1200;
const RULES = 250;
const FUNCTIONS = 250;
const INSTANCES = 800;
/** RunInstances takes so many at a time. */
const AT_A_TIME = 100;

export async function applyWorld(): Promise<World> {
  const world = emptyWorld([ACCOUNT]);
  for (const account of Object.values(world.accounts)) account.enabledRegions = [...REGIONS];
  const clock = virtualClock(world.startedAt);
  for (const region of REGIONS) await fill(seedOf(world, region, "", clock));
  world.startedAt = new Date(clock.now() + 3_600_000).toISOString();
  return world;
}

async function fill(seed: Seed): Promise<void> {
  const at = await network(seed, "shop", "10.20");
  const numbers = (count: number) => [...Array(count).keys()];
  const subnets = [...at.privateSubnets, ...at.publicSubnets];
  for (const number of numbers(INSTANCES / AT_A_TIME))
    await seed.client(EC2Client).send(
      new RunInstancesCommand({
        ImageId: "ami-0a1b2c3d4e5f60718",
        InstanceType: "m6i.large",
        MinCount: AT_A_TIME,
        MaxCount: AT_A_TIME,
        SubnetId: known(subnets[number % subnets.length]),
      }),
    );
  for (const number of numbers(ALARMS))
    await seed.client(CloudWatchClient).send(
      new PutMetricAlarmCommand({
        AlarmName: `alarm-${number}`,
        AlarmActions: [`arn:aws:sns:${seed.region}:${ACCOUNT}:operations`],
        Namespace: "AWS/EC2",
        MetricName: "CPUUtilization",
        Statistic: "Average",
        Period: 60,
        EvaluationPeriods: 3,
        Threshold: 90,
        ComparisonOperator: "GreaterThanThreshold",
      }),
    );
  for (const number of numbers(RULES))
    await seed
      .client(EventBridgeClient)
      .send(new PutRuleCommand({ Name: `rule-${number}`, ScheduleExpression: "rate(1 hour)" }));
  for (const number of numbers(FUNCTIONS))
    await seed.client(LambdaClient).send(
      new CreateFunctionCommand({
        FunctionName: `function-${number}`,
        Role: `arn:aws:iam::${ACCOUNT}:role/functions`,
        Runtime: "nodejs24.x",
        Handler: "index.handler",
        Code: { ZipFile: new TextEncoder().encode("exports.handler = () => undefined") },
      }),
    );
}
