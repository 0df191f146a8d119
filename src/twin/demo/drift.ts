import { CloudWatchClient, DeleteAlarmsCommand, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient, UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateTagsCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import { ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
  ModifyRuleCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  CreateUserCommand,
  DeleteUserCommand,
  IAMClient,
  RemoveUserFromGroupCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { LambdaClient, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { ModifyDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { known, type Seed, tags } from "./seed.ts";

/** What someone did to the account while nobody looked, and where a delta must show it. */
export interface Drift {
  readonly says: string;
  readonly kind: "added" | "deleted" | "modified";
  readonly type: string;
  /** Part of the id or name of the resource. */
  readonly resource: string;
  /** Properties that must be named. */
  readonly paths: readonly string[];
}

interface Deed extends Drift {
  readonly act: (dublin: Seed, virginia: Seed) => Promise<unknown>;
}

const ANYONE = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };

const DEEDS: readonly Deed[] = [
  {
    says: "opened SSH on the bastion's security group to the world",
    kind: "modified",
    type: "AWS::EC2::SecurityGroup",
    resource: "bastion",
    paths: ["IpPermissions"],
    act: async (dublin) => {
      const IpPermissions = [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }];
      const GroupId = await groupNamed(dublin, "bastion");
      await dublin.client(EC2Client).send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    },
  },
  {
    says: "moved the bastion to production by its tag",
    kind: "modified",
    type: "AWS::EC2::Instance",
    resource: "bastion",
    paths: ["Tags.env"],
    act: async (dublin) => {
      const ec2 = dublin.client(EC2Client);
      const Filters = [{ Name: "tag:Name", Values: ["bastion"] }];
      const answer = await ec2.send(new DescribeInstancesCommand({ Filters }));
      const id = known(answer.Reservations?.[0]?.Instances?.[0]?.InstanceId);
      await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: tags({ env: "production" }) }));
    },
  },
  {
    says: "let anyone assume the role of the order functions",
    kind: "modified",
    type: "AWS::IAM::Role",
    resource: "order-functions",
    paths: ["AssumeRolePolicyDocument"],
    act: (dublin) => {
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [ANYONE] });
      return dublin
        .client(IAMClient)
        .send(new UpdateAssumeRolePolicyCommand({ RoleName: "order-functions", PolicyDocument }));
    },
  },
  {
    says: "made the uploads bucket public",
    kind: "modified",
    type: "AWS::S3::Bucket",
    resource: "uploads",
    paths: ["Policy"],
    act: (_, virginia) => {
      const Bucket = `acme-staging-uploads-${virginia.account}`;
      const Statement = [
        { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` },
      ];
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
      return virginia.client(S3Client).send(new PutBucketPolicyCommand({ Bucket, Policy }));
    },
  },
  {
    says: "doubled a function's memory and changed one of its (secret) variables",
    kind: "modified",
    type: "AWS::Lambda::Function",
    resource: "order-intake",
    paths: ["MemorySize", "Environment.Variables.DB_PASSWORD"],
    act: (dublin) => {
      const Variables = { DB_PASSWORD: "hunter2-hunter2", LOG_LEVEL: "info" };
      const change = { FunctionName: "order-intake", MemorySize: 1024, Environment: { Variables } };
      return dublin.client(LambdaClient).send(new UpdateFunctionConfigurationCommand(change));
    },
  },
  {
    says: "gave the orders database a larger class and a public address",
    kind: "modified",
    type: "AWS::RDS::DBInstance",
    resource: "orders",
    paths: ["DBInstanceClass", "PubliclyAccessible"],
    act: (_, virginia) => {
      const change = { DBInstanceClass: "db.m6g.2xlarge", PubliclyAccessible: true, ApplyImmediately: true };
      return virginia
        .client(RDSClient)
        .send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: "orders", ...change }));
    },
  },
  {
    says: "switched the carts table to on-demand",
    kind: "modified",
    type: "AWS::DynamoDB::Table",
    resource: "carts",
    paths: ["BillingModeSummary.BillingMode"],
    act: (_, virginia) =>
      virginia
        .client(DynamoDBClient)
        .send(new UpdateTableCommand({ TableName: "carts", BillingMode: "PAY_PER_REQUEST" })),
  },
  {
    says: "let the checkout service scale from 3 to 9 tasks",
    kind: "modified",
    type: "AWS::ECS::Service",
    resource: "checkout",
    paths: ["desiredCount"],
    act: (_, virginia) =>
      virginia
        .client(ECSClient)
        .send(new UpdateServiceCommand({ cluster: "shop", service: "checkout", desiredCount: 9 })),
  },
  {
    says: "shifted half of the shop's traffic to the canary",
    kind: "modified",
    type: "AWS::ElasticLoadBalancingV2::ListenerRule",
    resource: "web",
    paths: ["Actions"],
    act: shiftTraffic,
  },
  {
    says: "raised the overload alarm's threshold tenfold",
    kind: "modified",
    type: "AWS::CloudWatch::Alarm",
    resource: "web-overload",
    paths: ["Threshold"],
    act: (dublin) =>
      dublin.client(CloudWatchClient).send(
        new PutMetricAlarmCommand({
          AlarmName: "web-overload",
          ActionsEnabled: true,
          AlarmActions: [`arn:aws:sns:${dublin.region}:${dublin.account}:operations`],
          Namespace: "AWS/ApplicationELB",
          MetricName: "RequestCountPerTarget",
          Statistic: "Sum",
          Period: 60,
          EvaluationPeriods: 3,
          Threshold: 5000,
          ComparisonOperator: "GreaterThanThreshold",
        }),
      ),
  },
  {
    says: "keeps logs of the order intake for ten years",
    kind: "modified",
    type: "AWS::Logs::LogGroup",
    resource: "order-intake",
    paths: ["retentionInDays"],
    act: (dublin) =>
      dublin
        .client(CloudWatchLogsClient)
        .send(new PutRetentionPolicyCommand({ logGroupName: "/aws/lambda/order-intake", retentionInDays: 3653 })),
  },
  {
    says: "changed the orders queue's visibility time-out",
    kind: "modified",
    type: "AWS::SQS::Queue",
    resource: "orders",
    paths: ["Attributes.VisibilityTimeout"],
    act: (dublin) => {
      const QueueUrl = `https://sqs.${dublin.region}.amazonaws.com/${dublin.account}/orders`;
      return dublin
        .client(SQSClient)
        .send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: "5" } }));
    },
  },
  {
    says: "started two large instances in a region where nobody looks",
    kind: "added",
    type: "AWS::EC2::Instance",
    resource: "miner",
    paths: [],
    act: async (_, virginia) => {
      const ec2 = virginia.client(EC2Client);
      const SubnetId = known((await ec2.send(new DescribeSubnetsCommand({}))).Subnets?.[0]?.SubnetId);
      await ec2.send(
        new RunInstancesCommand({
          ImageId: "ami-0fedcba9876543210",
          InstanceType: "c6i.24xlarge",
          MinCount: 2,
          MaxCount: 2,
          SubnetId,
          TagSpecifications: [{ ResourceType: "instance", Tags: tags({ Name: "miner" }) }],
        }),
      );
    },
  },
  {
    says: "made a user",
    kind: "added",
    type: "AWS::IAM::User",
    resource: "mallory",
    paths: [],
    act: (dublin) => dublin.client(IAMClient).send(new CreateUserCommand({ UserName: "mallory" })),
  },
  {
    says: "made a queue",
    kind: "added",
    type: "AWS::SQS::Queue",
    resource: "exfil",
    paths: [],
    act: (dublin) => dublin.client(SQSClient).send(new CreateQueueCommand({ QueueName: "exfil" })),
  },
  {
    says: "deleted an alarm",
    kind: "deleted",
    type: "AWS::CloudWatch::Alarm",
    resource: "orders-backlog",
    paths: [],
    act: (dublin) => dublin.client(CloudWatchClient).send(new DeleteAlarmsCommand({ AlarmNames: ["orders-backlog"] })),
  },
  {
    says: "deleted a user",
    kind: "deleted",
    type: "AWS::IAM::User",
    resource: "grace",
    paths: [],
    act: async (dublin) => {
      const iam = dublin.client(IAMClient);
      await iam.send(new RemoveUserFromGroupCommand({ GroupName: "operators", UserName: "grace" }));
      await iam.send(new DeleteUserCommand({ UserName: "grace" }));
    },
  },
];

/** Does all of it to the demo world; tells what was done. */
export async function driftApart(dublin: Seed): Promise<readonly Drift[]> {
  const virginia = dublin.in("us-east-1");
  for (const deed of DEEDS) {
    await deed.act(dublin, virginia);
  }
  return DEEDS;
}

async function groupNamed(seed: Seed, name: string): Promise<string> {
  const answer = await seed
    .client(EC2Client)
    .send(new DescribeSecurityGroupsCommand({ Filters: [{ Name: "group-name", Values: [name] }] }));
  return known(answer.SecurityGroups?.[0]?.GroupId);
}

async function shiftTraffic(dublin: Seed): Promise<void> {
  const elb = dublin.client(ElasticLoadBalancingV2Client);
  const LoadBalancerArn = (await elb.send(new DescribeLoadBalancersCommand({}))).LoadBalancers?.[0]?.LoadBalancerArn;
  const ListenerArn = (await elb.send(new DescribeListenersCommand({ LoadBalancerArn }))).Listeners?.[0]?.ListenerArn;
  const { Rules } = await elb.send(new DescribeRulesCommand({ ListenerArn }));
  const rule = known(Rules?.find(({ IsDefault }) => !IsDefault));
  const [forward] = known(rule.Actions);
  const [primary, canary, standby] = known(forward?.ForwardConfig?.TargetGroups);
  const TargetGroups = [{ ...primary, Weight: 50 }, { ...canary, Weight: 50 }, { ...standby }];
  const Actions = [{ Type: "forward" as const, ForwardConfig: { ...forward?.ForwardConfig, TargetGroups } }];
  await elb.send(new ModifyRuleCommand({ RuleArn: rule.RuleArn, Actions }));
}
