import { CloudFormationClient, CreateStackCommand } from "@aws-sdk/client-cloudformation";
import { CloudWatchClient, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateEventSourceMappingCommand, CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Network } from "./network.ts";
import { known, type Seed, tags } from "./seed.ts";

const role = (seed: Seed, name: string) => `arn:aws:iam::${seed.account}:role/${name}`;

/** Containers: a cluster with two Fargate services. */
export async function containers(seed: Seed, at: Network): Promise<void> {
  const ecs = seed.client(ECSClient);
  await ecs.send(new CreateClusterCommand({ clusterName: "shop", tags: [{ key: "env", value: "staging" }] }));
  for (const [serviceName, desiredCount] of [
    ["checkout", 3],
    ["search", 2],
  ] as const) {
    const task = await ecs.send(
      new RegisterTaskDefinitionCommand({
        family: serviceName,
        cpu: "512",
        memory: "1024",
        requiresCompatibilities: ["FARGATE"],
        networkMode: "awsvpc",
        containerDefinitions: [
          { name: serviceName, image: `registry.example/${serviceName}:1`, memory: 512, essential: true },
        ],
      }),
    );
    await ecs.send(
      new CreateServiceCommand({
        cluster: "shop",
        serviceName,
        desiredCount,
        taskDefinition: known(task.taskDefinition?.taskDefinitionArn),
        launchType: "FARGATE",
        networkConfiguration: {
          awsvpcConfiguration: { subnets: [...at.privateSubnets], securityGroups: [at.webGroup] },
        },
      }),
    );
  }
}

/** Functions and what feeds and watches them. */
export async function functions(seed: Seed): Promise<void> {
  const lambda = seed.client(LambdaClient);
  await seed.client(SQSClient).send(new CreateQueueCommand({ QueueName: "orders", tags: { env: "staging" } }));
  await seed.client(SNSClient).send(new CreateTopicCommand({ Name: "operations", Tags: tags({ env: "staging" }) }));
  const logs = seed.client(CloudWatchLogsClient);
  for (const FunctionName of ["order-intake", "order-mailer"]) {
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Runtime: "nodejs24.x",
        Handler: "index.handler",
        Role: role(seed, "order-functions"),
        MemorySize: 512,
        Timeout: 30,
        Environment: { Variables: { DB_PASSWORD: "correct-horse-battery", LOG_LEVEL: "info" } },
        Code: { ZipFile: Buffer.from("exports.handler = () => {}") },
        Tags: { env: "staging" },
      }),
    );
    await logs.send(new CreateLogGroupCommand({ logGroupName: `/aws/lambda/${FunctionName}` }));
    await logs.send(
      new PutRetentionPolicyCommand({ logGroupName: `/aws/lambda/${FunctionName}`, retentionInDays: 30 }),
    );
  }
  const queue = `arn:aws:sqs:${seed.region}:${seed.account}:orders`;
  await lambda.send(
    new CreateEventSourceMappingCommand({ FunctionName: "order-intake", EventSourceArn: queue, BatchSize: 10 }),
  );
  const events = seed.client(EventBridgeClient);
  await events.send(
    new PutRuleCommand({ Name: "nightly-report", ScheduleExpression: "cron(0 3 * * ? *)", State: "ENABLED" }),
  );
  const target = `arn:aws:lambda:${seed.region}:${seed.account}:function:order-mailer`;
  await events.send(new PutTargetsCommand({ Rule: "nightly-report", Targets: [{ Id: "mailer", Arn: target }] }));
}

/** Alarms, of which one has been silenced on purpose. */
export async function alarms(seed: Seed): Promise<void> {
  const topic = `arn:aws:sns:${seed.region}:${seed.account}:operations`;
  for (const [AlarmName, ActionsEnabled] of [
    ["web-overload", true],
    ["orders-backlog", true],
    ["old-disk-alarm", false],
  ] as const)
    await seed.client(CloudWatchClient).send(
      new PutMetricAlarmCommand({
        AlarmName,
        ActionsEnabled,
        AlarmActions: [topic],
        Namespace: "AWS/ApplicationELB",
        MetricName: "RequestCountPerTarget",
        Statistic: "Sum",
        Period: 60,
        EvaluationPeriods: 3,
        Threshold: 500,
        ComparisonOperator: "GreaterThanThreshold",
      }),
    );
}

/** An inference endpoint. */
export async function inference(seed: Seed): Promise<void> {
  const sagemaker = seed.client(SageMakerClient);
  const ExecutionRoleArn = role(seed, "inference");
  await sagemaker.send(
    new CreateModelCommand({
      ModelName: "ranking",
      ExecutionRoleArn,
      PrimaryContainer: { Image: "registry.example/ranking:7" },
    }),
  );
  const variant = {
    VariantName: "main",
    ModelName: "ranking",
    InitialInstanceCount: 2,
    InstanceType: "ml.m5.large",
  } as const;
  await sagemaker.send(
    new CreateEndpointConfigCommand({ EndpointConfigName: "ranking-7", ProductionVariants: [variant] }),
  );
  await sagemaker.send(
    new CreateEndpointCommand({
      EndpointName: "ranking",
      EndpointConfigName: "ranking-7",
      Tags: tags({ env: "staging" }),
    }),
  );
}

/** A stack that owns its parts. */
export async function stack(seed: Seed): Promise<void> {
  const Resources = { DeadLetters: { Type: "AWS::SQS::Queue", Properties: { QueueName: "orders-dead-letters" } } };
  await seed.client(CloudFormationClient).send(
    new CreateStackCommand({
      StackName: "order-plumbing",
      TemplateBody: JSON.stringify({ Resources }),
      Tags: tags({ env: "staging" }),
    }),
  );
}
