import { execFile, execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Resource } from "../../src/model/resource.ts";
import { cliTrial, folder } from "../cli/process.ts";

/**
 * aws-nuke's types, and ours: all that both know but one. Buckets are not here, because it calls them by host names, which do
 * not resolve on this machine; awscli's suite has them.
 */
const TYPES: Readonly<Record<string, string>> = {
  EC2Instance: "AWS::EC2::Instance",
  EC2Volume: "AWS::EC2::Volume",
  EC2KeyPair: "AWS::EC2::KeyPair",
  EC2Address: "AWS::EC2::EIP",
  EC2VPC: "AWS::EC2::VPC",
  EC2Subnet: "AWS::EC2::Subnet",
  EC2NATGateway: "AWS::EC2::NatGateway",
  EC2VPCEndpoint: "AWS::EC2::VPCEndpoint",
  EC2LaunchTemplate: "AWS::EC2::LaunchTemplate",
  EC2Image: "AWS::EC2::Image",
  EC2Snapshot: "AWS::EC2::Snapshot",
  EC2InternetGateway: "AWS::EC2::InternetGateway",
  EC2RouteTable: "AWS::EC2::RouteTable",
  EC2SecurityGroup: "AWS::EC2::SecurityGroup",
  EC2NetworkInterface: "AWS::EC2::NetworkInterface",
  AutoScalingGroup: "AWS::AutoScaling::AutoScalingGroup",
  LambdaFunction: "AWS::Lambda::Function",
  LambdaEventSourceMapping: "AWS::Lambda::EventSourceMapping",
  ELBv2: "AWS::ElasticLoadBalancingV2::LoadBalancer",
  ELBv2TargetGroup: "AWS::ElasticLoadBalancingV2::TargetGroup",
  RDSInstance: "AWS::RDS::DBInstance",
  RDSDBCluster: "AWS::RDS::DBCluster",
  ECSCluster: "AWS::ECS::Cluster",
  ECSService: "AWS::ECS::Service",
  DynamoDBTable: "AWS::DynamoDB::Table",
  KinesisStream: "AWS::Kinesis::Stream",
  SQSQueue: "AWS::SQS::Queue",
  SNSTopic: "AWS::SNS::Topic",
  CloudWatchAlarm: "AWS::CloudWatch::Alarm",
  CloudWatchLogsLogGroup: "AWS::Logs::LogGroup",
  SageMakerEndpoint: "AWS::SageMaker::Endpoint",
  CloudFormationStack: "AWS::CloudFormation::Stack",
  SecretsManagerSecret: "AWS::SecretsManager::Secret",
  KMSKey: "AWS::KMS::Key",
  CloudWatchEventsRule: "AWS::Events::Rule",
  IAMRole: "AWS::IAM::Role",
  IAMPolicy: "AWS::IAM::ManagedPolicy",
  IAMInstanceProfile: "AWS::IAM::InstanceProfile",
  IAMUser: "AWS::IAM::User",
  IAMGroup: "AWS::IAM::Group",
};

const SERVICES = [
  "ec2",
  "autoscaling",
  "lambda",
  "elbv2",
  "rds",
  "ecs",
  "dynamodb",
  "kinesis",
  "sqs",
  "sns",
  "cloudwatch",
  "cloudwatchlogs",
  "sagemaker",
  "cloudformation",
  "secretsmanager",
  "kms",
  "cloudwatchevents",
  "iam",
  "sts",
  "s3",
  "",
];

function found(): string | undefined {
  try {
    return execFileSync("which", ["aws-nuke"], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}

const program = found();
const title = "aws-nuke's dry run on the twin's demo world, over HTTP";
const inCi = process.env.CI === "true";

describe.skipIf(program === undefined && !inCi)(
  program ? title : `${title} [skipped: no aws-nuke on this machine]`,
  () => {
    it.each(["eu-west-1", "us-east-1", "ap-southeast-2"])("lists exactly what our scan finds in %s", async (region) => {
      expect(program, "install Debian's package aws-nuke").toBeDefined();
      const { url, run, twin } = await cliTrial();
      expect((await run("snapshot", "create", "ours", "--regions", region)).code).toBe(0);
      const { resources } = JSON.parse((await run("snapshot", "export", "ours")).stdout) as { resources: Resource[] };
      const seen = await nukeDryRun(program ?? "", url, region);

      const ours = resources.filter(
        ({ type, region: where }) =>
          (Object.values(TYPES).includes(type) && where !== "global") || type.startsWith("AWS::IAM::"),
      );
      const lines = (type: string) => seen.filter((line) => line.includes(` - ${type} - `));
      for (const [theirType, ourType] of Object.entries(TYPES)) {
        const mine = ours.filter(({ type }) => type === ourType);
        const theirs = lines(theirType);
        expect(theirs.length, `${theirType}:\n${theirs.join("\n")}\nours: ${mine.map(({ id }) => id)}`).toBe(
          mine.length,
        );
        for (const resource of mine)
          expect(
            theirs.some((line) => names(line, resource)),
            `${theirType} ${resource.id}`,
          ).toBe(true);
      }
      expect(twin.errors).toEqual([]);
      expect(twin.log.filter(({ operation }) => /^(Delete|Terminate|Release|Remove)/.test(operation))).toEqual([]);
    });
  },
);

function names(line: string, { arn, id, name }: Resource): boolean {
  return [arn, id, name, id.split("/").at(-1)].some((each) => each !== undefined && line.includes(each));
}

/** The lines of resources that a dry run would remove. */
function nukeDryRun(command: string, url: string, region: string): Promise<string[]> {
  const config = join(folder(), "nuke.yaml");
  const services = SERVICES.map(
    (service) => `  - { service: '${service}', url: '${url}', tls_insecure_skip_verify: true }`,
  );
  writeFileSync(
    config,
    [
      `regions: ['${region}']`,
      "account-blocklist: ['999999999999']",
      "endpoints:",
      `- region: '${region}'`,
      "  services:",
      ...services,
      `accounts: { 'account-id-of-custom-region-${region}': {}, '111122223333': {} }`,
    ].join("\n"),
  );
  const targets = Object.keys(TYPES).flatMap((type) => ["--target", type]);
  const args = [
    "--config",
    config,
    "--access-key-id",
    "AKIATEST",
    "--secret-access-key",
    "test",
    "--force",
    "--force-sleep",
    "3",
    "--default-region",
    region,
    ...targets,
  ];
  const env = {
    PATH: process.env.PATH,
    HTTPS_PROXY: "http://127.0.0.1:9",
    HTTP_PROXY: "http://127.0.0.1:9",
    NO_PROXY: "127.0.0.1,localhost",
  };
  return new Promise((resolve, reject) => {
    execFile(command, args, { env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`aws-nuke: ${stderr}\n${stdout}`));
      else
        resolve(
          stdout.split("\n").filter((line) => / - \w+ - .+ - (would remove|filtered|cannot|.*default)/.test(line)),
        );
    });
  });
}
