import { ApplicationAutoScalingClient, RegisterScalableTargetCommand } from "@aws-sdk/client-application-auto-scaling";
import { AutoScalingClient, CreateAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import { CloudWatchClient, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateLaunchTemplateCommand, EC2Client, RunInstancesCommand } from "@aws-sdk/client-ec2";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { EventBridgeClient, PutRuleCommand } from "@aws-sdk/client-eventbridge";
import { CreateStreamCommand, KinesisClient } from "@aws-sdk/client-kinesis";
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { CreateDBClusterCommand, CreateDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { defaultNetwork } from "../../src/catalog/ec2/ec2.trial.ts";
import { functionInput } from "../../src/catalog/lambda/lambda.trial.ts";
import { ACCOUNT, HERE, type TestAccount } from "../contract/account.ts";
import type { WorldPlan } from "./history.ts";

const IMAGE = "ami-0a1b2c3d4e5f60718";
const many = (count: number) => [...Array(count).keys()];

/** Makes the account of a history. Half of what can be tagged bears `half=one`, for selections. */
export async function seedWorld(account: TestAccount, plan: WorldPlan): Promise<void> {
  await compute(account, plan);
  await containers(account, plan.service);
  await databases(account, plan);
  await functions(account, plan);
  await signals(account, plan);
  if (plan.endpoint) await endpoint(account);
  // Everything comes to rest.
  await account.twin.clock.sleep(3_600_000);
}

async function compute(account: TestAccount, { instances, members }: WorldPlan): Promise<void> {
  const { send } = account;
  await defaultNetwork(account);
  const base = { ImageId: IMAGE, InstanceType: "t3.small" as const, MinCount: 1, MaxCount: 1 };
  for (const number of many(instances)) {
    const Tags = [{ Key: "half", Value: number % 2 === 0 ? "one" : "two" }];
    const TagSpecifications = [{ ResourceType: "instance" as const, Tags }];
    await send(EC2Client, new RunInstancesCommand({ ...base, TagSpecifications }));
  }
  if (members === 0) return;
  const LaunchTemplateData = { ImageId: IMAGE, InstanceType: "t3.small" as const };
  await send(EC2Client, new CreateLaunchTemplateCommand({ LaunchTemplateName: "fleet", LaunchTemplateData }));
  await send(
    AutoScalingClient,
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: "fleet",
      LaunchTemplate: { LaunchTemplateName: "fleet", Version: "$Latest" },
      AvailabilityZones: [`${HERE}a`],
      MinSize: 0,
      MaxSize: 4,
      DesiredCapacity: members,
    }),
  );
}

async function containers({ send }: TestAccount, service: WorldPlan["service"]): Promise<void> {
  if (!service) return;
  await send(ECSClient, new CreateClusterCommand({ clusterName: "shop" }));
  const containerDefinitions = [{ name: "web", image: "web", memory: 128 }];
  await send(ECSClient, new RegisterTaskDefinitionCommand({ family: "web", containerDefinitions }));
  const desiredCount = service.desired;
  await send(
    ECSClient,
    new CreateServiceCommand({ cluster: "shop", serviceName: "web", taskDefinition: "web", desiredCount }),
  );
  if (!service.scaled) return;
  await send(
    ApplicationAutoScalingClient,
    new RegisterScalableTargetCommand({
      ServiceNamespace: "ecs",
      ResourceId: "service/shop/web",
      ScalableDimension: "ecs:service:DesiredCount",
      MinCapacity: desiredCount,
      MaxCapacity: 6,
      SuspendedState: { DynamicScalingInSuspended: true },
    }),
  );
}

async function databases({ send }: TestAccount, { database, aurora, table }: WorldPlan): Promise<void> {
  const login = { MasterUsername: "app", MasterUserPassword: "correct-horse-battery" };
  if (database) {
    const input = { DBInstanceIdentifier: "orders", Engine: "postgres", DBInstanceClass: "db.m6g.large" };
    await send(RDSClient, new CreateDBInstanceCommand({ ...input, AllocatedStorage: 20, ...login }));
  }
  if (aurora) {
    const Engine = "aurora-postgresql";
    await send(RDSClient, new CreateDBClusterCommand({ DBClusterIdentifier: "reports", Engine, ...login }));
    const member = { DBInstanceIdentifier: "reports-1", DBClusterIdentifier: "reports", Engine };
    await send(RDSClient, new CreateDBInstanceCommand({ ...member, DBInstanceClass: "db.r6g.large" }));
  }
  if (!table) return;
  await send(
    DynamoDBClient,
    new CreateTableCommand({
      TableName: "carts",
      AttributeDefinitions: [{ AttributeName: "cart", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "cart", KeyType: "HASH" }],
      BillingMode: "PROVISIONED",
      ProvisionedThroughput: { ReadCapacityUnits: 50, WriteCapacityUnits: 20 },
    }),
  );
}

async function functions({ send }: TestAccount, plan: WorldPlan): Promise<void> {
  for (const [at, reserved] of plan.functions.entries()) {
    const FunctionName = `intake-${at}`;
    await send(LambdaClient, new CreateFunctionCommand(functionInput(FunctionName)));
    if (reserved !== null) {
      const concurrency = { FunctionName, ReservedConcurrentExecutions: reserved };
      await send(LambdaClient, new PutFunctionConcurrencyCommand(concurrency));
    }
  }
  if (!plan.mapping || plan.functions.length === 0) return;
  await send(SQSClient, new CreateQueueCommand({ QueueName: "jobs" }));
  const EventSourceArn = `arn:aws:sqs:${HERE}:${ACCOUNT}:jobs`;
  await send(LambdaClient, new CreateEventSourceMappingCommand({ FunctionName: "intake-0", EventSourceArn }));
}

async function signals({ send }: TestAccount, { shards, alarms, rules }: WorldPlan): Promise<void> {
  if (shards > 0) await send(KinesisClient, new CreateStreamCommand({ StreamName: "clicks", ShardCount: shards }));
  for (const [at, ActionsEnabled] of alarms.entries())
    await send(
      CloudWatchClient,
      new PutMetricAlarmCommand({
        AlarmName: `alarm-${at}`,
        ActionsEnabled,
        AlarmActions: [`arn:aws:sns:${HERE}:${ACCOUNT}:operations`],
        Namespace: "AWS/EC2",
        MetricName: "CPUUtilization",
        Statistic: "Average",
        Period: 60,
        EvaluationPeriods: 3,
        Threshold: 90,
        ComparisonOperator: "GreaterThanThreshold",
      }),
    );
  for (const [at, on] of rules.entries()) {
    const State = on ? "ENABLED" : "DISABLED";
    const ScheduleExpression = "rate(1 hour)";
    await send(EventBridgeClient, new PutRuleCommand({ Name: `rule-${at}`, ScheduleExpression, State }));
  }
}

async function endpoint({ send }: TestAccount): Promise<void> {
  const ExecutionRoleArn = `arn:aws:iam::${ACCOUNT}:role/inference`;
  const PrimaryContainer = { Image: "registry.example/ranking:7" };
  await send(SageMakerClient, new CreateModelCommand({ ModelName: "ranking", ExecutionRoleArn, PrimaryContainer }));
  const variant = { VariantName: "main", ModelName: "ranking", InitialInstanceCount: 2 };
  const ProductionVariants = [{ ...variant, InstanceType: "ml.m5.large" as const }];
  const EndpointConfigName = "ranking-7";
  await send(SageMakerClient, new CreateEndpointConfigCommand({ EndpointConfigName, ProductionVariants }));
  await send(SageMakerClient, new CreateEndpointCommand({ EndpointName: "ranking", EndpointConfigName }));
}
