import { expect, it } from "vitest";
import { accountId, region } from "../model/brand.ts";
import { redactor } from "../model/redact.ts";
import type { ResourceType } from "../model/resource.ts";
import { factsOf } from "./registry.ts";
import { toResource } from "./resource.ts";

const finding = {
  account: accountId("111111111111"),
  partition: "aws",
  region: region("eu-west-1"),
  redact: redactor(Buffer.from("key of the test")),
};

function linksOf(type: ResourceType, configuration: object): string[] {
  const facts = factsOf(type);
  if (!facts) throw new TypeError(`no facts of ${type}`);
  return toResource(facts, { id: "it", tags: {}, configuration }, finding).links.map(
    ({ type: to, to: id }) => `${to} ${id}`,
  );
}

const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111111111111:${rest}`;
const template = (data: object) => ({ DefaultVersion: { LaunchTemplateData: data } });
const LOGS = { DestinationDetails: { CloudWatchLogsDetails: { LogGroup: "/cache/slow" } } };
const NETWORK = { awsvpcConfiguration: { Subnets: ["subnet-1"], SecurityGroups: ["sg-1"] } };

it.each<[ResourceType, object, string]>([
  [
    "AWS::EC2::LaunchTemplate",
    template({ BlockDeviceMappings: [{ Ebs: { SnapshotId: "snap-1" } }] }),
    "AWS::EC2::Snapshot snap-1",
  ],
  ["AWS::EC2::LaunchTemplate", template({ BlockDeviceMappings: [{ Ebs: { KmsKeyId: "k-1" } }] }), "AWS::KMS::Key k-1"],
  ["AWS::EC2::LaunchTemplate", template({ SecurityGroups: ["web"] }), "AWS::EC2::SecurityGroup web"],
  [
    "AWS::EC2::LaunchTemplate",
    template({ NetworkInterfaces: [{ NetworkInterfaceId: "eni-1" }] }),
    "AWS::EC2::NetworkInterface eni-1",
  ],
  [
    "AWS::AutoScaling::AutoScalingGroup",
    { MixedInstancesPolicy: { LaunchTemplate: { Overrides: [{ ImageId: "ami-1" }] } } },
    "AWS::EC2::Image ami-1",
  ],
  ["AWS::EC2::RouteTable", { Routes: [{ InstanceId: "i-1" }] }, "AWS::EC2::Instance i-1"],
  [
    "AWS::Events::Rule",
    { Targets: [{ EcsParameters: { NetworkConfiguration: NETWORK } }] },
    "AWS::EC2::SecurityGroup sg-1",
  ],
  [
    "AWS::Events::Rule",
    { Targets: [{ EcsParameters: { NetworkConfiguration: NETWORK } }] },
    "AWS::EC2::Subnet subnet-1",
  ],
  [
    "AWS::Scheduler::Schedule",
    { Target: { EcsParameters: { NetworkConfiguration: NETWORK } } },
    "AWS::EC2::SecurityGroup sg-1",
  ],
  [
    "AWS::Scheduler::Schedule",
    { Target: { EcsParameters: { NetworkConfiguration: NETWORK } } },
    "AWS::EC2::Subnet subnet-1",
  ],
  [
    "AWS::Lambda::EventSourceMapping",
    { DestinationConfig: { OnFailure: { Destination: arn("sqs", "lost") } } },
    `AWS::SQS::Queue ${arn("sqs", "lost")}`,
  ],
  [
    "AWS::Lambda::EventSourceMapping",
    { DestinationConfig: { OnFailure: { Destination: arn("sns", "lost") } } },
    `AWS::SNS::Topic ${arn("sns", "lost")}`,
  ],
  [
    "AWS::Lambda::EventSourceMapping",
    { SourceAccessConfigurations: [{ URI: arn("secretsmanager", "secret:mq-AbCdEf") }] },
    `AWS::SecretsManager::Secret ${arn("secretsmanager", "secret:mq-AbCdEf")}`,
  ],
  ["AWS::ElastiCache::ReplicationGroup", { LogDeliveryConfigurations: [LOGS] }, "AWS::Logs::LogGroup /cache/slow"],
  ["AWS::ElastiCache::CacheCluster", { LogDeliveryConfigurations: [LOGS] }, "AWS::Logs::LogGroup /cache/slow"],
  [
    "AWS::MSK::Cluster",
    { Serverless: { VpcConfigs: [{ SecurityGroupIds: ["sg-1"] }] } },
    "AWS::EC2::SecurityGroup sg-1",
  ],
  ["AWS::MSK::Cluster", { Serverless: { VpcConfigs: [{ SubnetIds: ["subnet-1"] }] } }, "AWS::EC2::Subnet subnet-1"],
  [
    "AWS::CloudWatch::CompositeAlarm",
    { ActionsSuppressor: "maintenance" },
    "AWS::CloudWatch::CompositeAlarm maintenance",
  ],
  [
    "AWS::ECS::Service",
    { deploymentConfiguration: { lifecycleHooks: [{ hookTargetArn: arn("lambda", "function:check") }] } },
    `AWS::Lambda::Function ${arn("lambda", "function:check")}`,
  ],
  [
    "AWS::ECS::TaskDefinition",
    {
      containerDefinitions: [
        { repositoryCredentials: { credentialsParameter: arn("secretsmanager", "secret:hub-AbCdEf") } },
      ],
    },
    `AWS::SecretsManager::Secret ${arn("secretsmanager", "secret:hub-AbCdEf")}`,
  ],
  [
    "AWS::ECS::TaskDefinition",
    {
      containerDefinitions: [
        { logConfiguration: { secretOptions: [{ valueFrom: arn("secretsmanager", "secret:log-AbCdEf") }] } },
      ],
    },
    `AWS::SecretsManager::Secret ${arn("secretsmanager", "secret:log-AbCdEf")}`,
  ],
  [
    "AWS::S3::Bucket",
    { Replication: { Rules: [{ Destination: { EncryptionConfiguration: { ReplicaKmsKeyID: "k-1" } } }] } },
    "AWS::KMS::Key k-1",
  ],
  [
    "AWS::RDS::DBInstance",
    { CustomIamInstanceProfile: "AWSRDSCustom-sales" },
    "AWS::IAM::InstanceProfile AWSRDSCustom-sales",
  ],
  ["AWS::RDS::DBInstance", { ActivityStreamKmsKeyId: "k-1" }, "AWS::KMS::Key k-1"],
])("shows what %s uses: %j", (type, configuration, link) => {
  expect(linksOf(type, configuration)).toContain(link);
});

it.each<[ResourceType, object, string]>([
  [
    "AWS::ECS::TaskDefinition",
    { containerDefinitions: [{ secrets: [{ valueFrom: arn("secretsmanager", "secret:db-AbCdEf:password::") }] }] },
    `AWS::SecretsManager::Secret ${arn("secretsmanager", "secret:db-AbCdEf")}`,
  ],
  [
    "AWS::Events::Rule",
    { Targets: [{ Arn: arn("lambda", "function:orders:live") }] },
    `AWS::Lambda::Function ${arn("lambda", "function:orders")}`,
  ],
  [
    "AWS::S3::Bucket",
    { Notification: { LambdaFunctionConfigurations: [{ LambdaFunctionArn: arn("lambda", "function:orders:7") }] } },
    `AWS::Lambda::Function ${arn("lambda", "function:orders")}`,
  ],
  [
    "AWS::OpenSearchService::Domain",
    {
      LogPublishingOptions: {
        ES_APPLICATION_LOGS: { CloudWatchLogsLogGroupArn: arn("logs", "log-group:/search/app:*") },
      },
    },
    `AWS::Logs::LogGroup ${arn("logs", "log-group:/search/app")}`,
  ],
  [
    "AWS::Lambda::EventSourceMapping",
    { EventSource: { Type: "AWS::Kinesis::Stream", Arn: arn("kinesis", "stream/clicks/consumer/app:1700000000") } },
    `AWS::Kinesis::Stream ${arn("kinesis", "stream/clicks")}`,
  ],
])("leads from a part of it to the whole: %s, %j", (type, configuration, link) => {
  expect(linksOf(type, configuration)).toEqual([link]);
});
