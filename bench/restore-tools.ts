/** The programs that bench/restore.ts compares, each a process that can reach this machine only. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isolated } from "../tests/moto/isolation.ts";

/** aws-nuke's names of all seeded types but buckets, and of what it takes for resources and we for parts of one. */
const TARGETS = [
  "EC2Instance EC2Volume EC2KeyPair EC2Address EC2VPC EC2Subnet EC2NATGateway EC2VPCEndpoint EC2LaunchTemplate EC2Image",
  "EC2Snapshot EC2InternetGateway EC2InternetGatewayAttachment EC2RouteTable EC2SecurityGroup EC2NetworkInterface EC2NetworkACL",
  "AutoScalingGroup LaunchConfiguration LambdaFunction LambdaEventSourceMapping ELBv2 ELBv2TargetGroup",
  "RDSInstance RDSDBCluster RDSDBSubnetGroup DynamoDBTable KinesisStream",
  "ECSCluster ECSService ECSTaskDefinition SQSQueue SNSTopic SNSSubscription CloudWatchAlarm CloudWatchLogsLogGroup",
  "CloudWatchEventsRule CloudWatchEventsTarget SageMakerEndpoint SageMakerEndpointConfig SageMakerModel",
  "CloudFormationStack SecretsManagerSecret KMSKey",
  "IAMRole IAMRolePolicy IAMRolePolicyAttachment IAMInstanceProfile IAMInstanceProfileRole IAMPolicy",
  "IAMUser IAMUserPolicy IAMUserPolicyAttachment IAMUserAccessKey IAMUserGroupAttachment IAMLoginProfile",
  "IAMGroup IAMGroupPolicy IAMGroupPolicyAttachment",
].flatMap((line) => line.split(" "));

/** By the names under which aws-nuke asks for its clients' addresses. */
const SERVICES =
  "ec2 autoscaling lambda elbv2 rds ecs dynamodb kinesis sqs sns cloudwatch cloudwatchlogs sagemaker cloudformation secretsmanager kms cloudwatchevents iam sts";

const TEN_MINUTES_MS = 600_000;

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** No credentials but dummies, no configuration files, and a proxy where nobody listens. */
export function environment(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return isolated(more);
}

/** Runs a program to its end. */
export function program(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"], timeout: TEN_MINUTES_MS });
    const texts = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => {
      texts.stdout += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      texts.stderr += chunk.toString();
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? -1, ...texts }));
  });
}

export interface NukeRun {
  readonly url: string;
  readonly home: string;
  readonly region: string;
  /** By aws-nuke's type: what it is to leave, as it prints it. */
  readonly filters: Readonly<Record<string, readonly Filter[]>>;
  readonly dryRun: boolean;
}

/** Debian's aws-nuke, with every service's address at the emulator. */
export function nuke({ url, home, region, filters, dryRun }: NukeRun): Promise<Ended> {
  const config = join(home, "nuke.json");
  const services = [...SERVICES.split(" "), ""].map((service) => ({ service, url, tls_insecure_skip_verify: true }));
  // YAML takes JSON as it is.
  const settings = {
    regions: [region],
    "account-blocklist": ["999999999999"],
    endpoints: [{ region, services }],
    accounts: { 123456789012: { filters } },
  };
  writeFileSync(config, JSON.stringify(settings));
  const login = ["--access-key-id", "AKIATEST", "--secret-access-key", "test", "--default-region", region];
  const pace = ["--force", "--force-sleep", "3", "--max-wait-retries", "20", ...(dryRun ? [] : ["--no-dry-run"])];
  const targets = TARGETS.flatMap((type) => ["--target", type]);
  return program("aws-nuke", ["--config", config, ...login, ...pace, ...targets], environment({ HOME: home }));
}

/** What aws-nuke is told to leave alone: a name, or of what has none a property. */
type Filter = string | { readonly property: string; readonly value: string };

/** What a dry run would remove, by type. */
export function listed(stdout: string): Readonly<Record<string, readonly Filter[]>> {
  const all: Record<string, Filter[]> = {};
  const note = (type: string, filter: Filter) => {
    all[type] = [...(all[type] ?? []), filter];
  };
  for (const line of stdout.split("\n")) {
    const [, type, what = ""] = /^\S+ - (\w+) - (.+) - would remove$/.exec(line) ?? [];
    const [, id] = /^\[.*\bID: "([^"]+)"/.exec(what) ?? [];
    if (type) note(type, id ? { property: "ID", value: id } : (what.split(" - [")[0] ?? what));
  }
  return all;
}
