/** A large world for the scan benchmark: the demo's account, many times over, in 17 regions. */

import { CloudWatchClient, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  CreateSecurityGroupCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  EC2Client,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import {
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateStreamCommand, KinesisClient } from "@aws-sdk/client-kinesis";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { CreateDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { virtualClock } from "../src/twin/clock.ts";
import { trust } from "../src/twin/demo/identity.ts";
import { type Network, network } from "../src/twin/demo/network.ts";
import { known, type Seed, seedOf, tags } from "../src/twin/demo/seed.ts";
import { DEFAULT_REGIONS, emptyWorld, type World } from "../src/twin/world.ts";

/** How many of each a region gets. With what they bring along (volumes, interfaces, …) about 1,170 a region. */
const MANY: readonly (readonly [count: number, make: (seed: Seed, index: number, at: Network) => Promise<unknown>])[] =
  [
    [
      95,
      (seed, i, at) =>
        seed.client(EC2Client).send(
          new RunInstancesCommand({
            ImageId: "ami-0a1b2c3d4e5f60718",
            InstanceType: "m6i.large",
            MinCount: 2,
            MaxCount: 2,
            SubnetId: known([...at.privateSubnets, ...at.publicSubnets][i % 4]),
            TagSpecifications: [{ ResourceType: "instance", Tags: tags({ Name: `web-${i}`, env: "production" }) }],
          }),
        ),
    ],
    [
      150,
      (seed, i) =>
        seed.client(EC2Client).send(new CreateVolumeCommand({ AvailabilityZone: `${seed.region}a`, Size: 8 + i })),
    ],
    [
      90,
      async (seed) => {
        const ec2 = seed.client(EC2Client);
        const volume = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: `${seed.region}a`, Size: 8 }));
        await ec2.send(new CreateSnapshotCommand({ VolumeId: known(volume.VolumeId) }));
      },
    ],
    [
      50,
      (seed, i, at) =>
        seed
          .client(EC2Client)
          .send(new CreateSecurityGroupCommand({ GroupName: `app-${i}`, Description: "bench", VpcId: at.vpc })),
    ],
    [60, (seed, i) => seed.client(CloudWatchLogsClient).send(new CreateLogGroupCommand({ logGroupName: `/app/${i}` }))],
    [
      40,
      (seed, i) =>
        seed.client(CloudWatchClient).send(
          new PutMetricAlarmCommand({
            AlarmName: `alarm-${i}`,
            Namespace: "AWS/EC2",
            MetricName: "CPUUtilization",
            Statistic: "Average",
            Period: 60,
            EvaluationPeriods: 3,
            Threshold: 80,
            ComparisonOperator: "GreaterThanThreshold",
          }),
        ),
    ],
    [
      25,
      (seed, i) =>
        seed.client(LambdaClient).send(
          new CreateFunctionCommand({
            FunctionName: `function-${i}`,
            Runtime: "nodejs24.x",
            Handler: "index.handler",
            Role: `arn:aws:iam::${seed.account}:role/role-1`,
            Code: { ZipFile: Buffer.from("x") },
          }),
        ),
    ],
    [
      40,
      (seed, i) =>
        seed.client(SQSClient).send(new CreateQueueCommand({ QueueName: `queue-${i}`, tags: { env: "production" } })),
    ],
    [20, (seed, i) => seed.client(SNSClient).send(new CreateTopicCommand({ Name: `topic-${i}` }))],
    [
      15,
      (seed, i) =>
        seed.client(DynamoDBClient).send(
          new CreateTableCommand({
            TableName: `table-${i}`,
            BillingMode: "PAY_PER_REQUEST",
            AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
            KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
          }),
        ),
    ],
    [
      10,
      (seed, i) =>
        seed.client(KinesisClient).send(new CreateStreamCommand({ StreamName: `stream-${i}`, ShardCount: 1 })),
    ],
    [
      8,
      (seed, i) =>
        seed.client(RDSClient).send(
          new CreateDBInstanceCommand({
            DBInstanceIdentifier: `db-${i}`,
            Engine: "postgres",
            DBInstanceClass: "db.m6g.large",
            AllocatedStorage: 20,
            MasterUsername: "app",
            MasterUserPassword: "correct-horse-battery",
          }),
        ),
    ],
    [10, (seed) => seed.client(KMSClient).send(new CreateKeyCommand({}))],
    [
      15,
      (seed, i) =>
        seed.client(SecretsManagerClient).send(new CreateSecretCommand({ Name: `secret-${i}`, SecretString: "x" })),
    ],
    [
      4,
      (seed, i, at) =>
        seed
          .client(ElasticLoadBalancingV2Client)
          .send(new CreateLoadBalancerCommand({ Name: `alb-${i}`, Subnets: [...at.publicSubnets] })),
    ],
    [
      8,
      (seed, i, at) =>
        seed
          .client(ElasticLoadBalancingV2Client)
          .send(new CreateTargetGroupCommand({ Name: `targets-${i}`, Protocol: "HTTP", Port: 80, VpcId: at.vpc })),
    ],
  ];

/** `even`: every region the same. `skewed`: as accounts are, with a home, a second home, and little elsewhere. */
export type Spread = "even" | "skewed";

function shareOf(region: string, spread: Spread): number {
  if (spread === "even") return 1;
  return { "us-east-1": 5, "eu-west-1": 3, "us-west-2": 2 }[region] ?? 0.5;
}

export async function scanWorld(spread: Spread): Promise<World> {
  const world = emptyWorld(["111111111111"]);
  const clock = virtualClock(world.startedAt);
  const home = seedOf(world, "us-east-1", "", clock);
  for (let i = 0; i < 400; i++)
    await home
      .client(IAMClient)
      .send(new CreateRoleCommand({ RoleName: `role-${i}`, AssumeRolePolicyDocument: trust("ec2") }));
  for (const region of DEFAULT_REGIONS) {
    const seed = home.in(region);
    const at = await network(seed, "bench", "10.1");
    for (const [count, make] of MANY) for (let i = 0; i < count * shareOf(region, spread); i++) await make(seed, i, at);
  }
  return world;
}
