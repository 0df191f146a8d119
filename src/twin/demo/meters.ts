import { createHash } from "node:crypto";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";

/* What the demo's resources are charged for, under the names that bills have for them. */

/** Something that is used for as long as its resource is there. */
export interface Use {
  /** Usage type, without the letters of its region. */
  readonly usage: string;
  readonly units: number;
  /** Tells products of one usage type apart in the price list. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Near AWS's own, where the price list has none. */
  readonly price?: { readonly of: string; readonly unit: string };
}

export interface Meter {
  /** Of the world's rows. */
  readonly kind: string;
  /** As Cost Explorer calls it, and the code that price lists have for it. */
  readonly service: readonly [name: string, code: string];
  /** How a bill names it: `{key}`, `{region}`, `{account}`, and members of the row. */
  readonly resource: string;
  /** Its row's member with the time of its creation; absent = AWS does not tell. */
  readonly since?: string;
  uses(row: JsonObject): readonly Use[];
  /** Instead of the one resource, where others are charged for it. */
  others?(row: JsonObject): readonly string[];
}

/** A member of a row as a text, by its path: `it.LoadBalancerName`. */
export function told(row: JsonObject, path: string): string {
  const at = path.split(".").reduce<Json | undefined>((of, key) => (isJsonObject(of) ? of[key] : undefined), row);
  return at === undefined ? "" : String(at);
}

const one = (usage: string) => () => [{ usage, units: 1 }];

export const METERS: readonly Meter[] = [
  {
    kind: "ec2.instance",
    service: ["Amazon Elastic Compute Cloud - Compute", "AmazonEC2"],
    resource: "{key}",
    since: "LaunchTime",
    uses: (row) => [{ usage: `BoxUsage:${told(row, "InstanceType")}`, units: 1 }],
  },
  {
    kind: "ec2.volume",
    service: ["EC2 - Other", "AmazonEC2"],
    resource: "{key}",
    since: "CreateTime",
    uses: (row) => [{ usage: `EBS:VolumeUsage.${told(row, "VolumeType")}`, units: Number(told(row, "Size")) }],
  },
  {
    kind: "ec2.nat-gateway",
    service: ["EC2 - Other", "AmazonEC2"],
    resource: "arn:aws:ec2:{region}:{account}:natgateway/{key}",
    since: "CreateTime",
    uses: one("NatGateway-Hours"),
  },
  {
    kind: "ec2.address",
    service: ["Amazon Virtual Private Cloud", "AmazonVPC"],
    resource: "arn:aws:ec2:{region}:{account}:elastic-ip/{key}",
    uses: (row) => [{ usage: `PublicIPv4:${told(row, "AssociationId") ? "InUse" : "Idle"}Address`, units: 1 }],
  },
  {
    kind: "elasticloadbalancing.load-balancer",
    service: ["Amazon Elastic Load Balancing", "AWSELB"],
    resource: "{key}",
    since: "it.CreatedTime",
    uses: one("LoadBalancerUsage"),
  },
  {
    kind: "rds.db-instance",
    service: ["Amazon Relational Database Service", "AmazonRDS"],
    resource: "{DBInstanceArn}",
    since: "InstanceCreateTime",
    uses: (row) => {
      const isAurora = told(row, "Engine").startsWith("aurora");
      const attributes = { databaseEngine: isAurora ? "Aurora PostgreSQL" : "PostgreSQL" };
      const hours = { usage: `InstanceUsage:${told(row, "DBInstanceClass")}`, units: 1, attributes };
      const gigabytes = Number(told(row, "AllocatedStorage"));
      return isAurora ? [hours] : [hours, { usage: "RDS:GP2-Storage", units: gigabytes }];
    },
  },
  {
    kind: "dynamodb.table",
    service: ["Amazon DynamoDB", "AmazonDynamoDB"],
    resource: "{description.TableArn}",
    since: "description.CreationDateTime",
    uses: (row) =>
      ["Read", "Write"].map((name) => ({
        usage: `${name}CapacityUnit-Hrs`,
        units: Number(told(row, `description.ProvisionedThroughput.${name}CapacityUnits`)),
      })),
  },
  {
    kind: "kinesis.stream",
    service: ["Amazon Kinesis", "AmazonKinesis"],
    resource: "{summary.StreamARN}",
    since: "summary.StreamCreationTimestamp",
    uses: (row) => [{ usage: "Storage-ShardHour", units: Number(told(row, "summary.OpenShardCount")) }],
  },
  {
    kind: "ecs.service",
    service: ["Amazon Elastic Container Service", "AmazonECS"],
    resource: "{serviceArn}",
    since: "createdAt",
    // Half a processor and a GB each, as their definitions ask for.
    uses: () => [
      { usage: "Fargate-vCPU-Hours:perCPU", units: 0.5 },
      { usage: "Fargate-GB-Hours", units: 1 },
    ],
    others: tasks,
  },
  {
    kind: "sagemaker.endpoint",
    service: ["Amazon SageMaker", "AmazonSageMaker"],
    resource: "{description.EndpointArn}",
    since: "description.CreationTime",
    uses: () => [{ usage: "Host:ml.m5.large", units: 2 }],
  },
  {
    kind: "s3.bucket",
    service: ["Amazon Simple Storage Service", "AmazonS3"],
    resource: "{key}",
    since: "createdAt",
    uses: () => [{ usage: "TimedStorage-ByteHrs", units: 140, price: { of: "0.023", unit: "GB-Mo" } }],
  },
  {
    kind: "kms.key",
    service: ["AWS Key Management Service", "awskms"],
    resource: "{metadata.Arn}",
    since: "metadata.CreationDate",
    uses: one("KMS-Keys"),
  },
  {
    kind: "secretsmanager.secret",
    service: ["AWS Secrets Manager", "AWSSecretsManager"],
    resource: "{secret.ARN}",
    since: "secret.CreatedDate",
    uses: one("AWSSecretsManager-Secrets"),
  },
  {
    kind: "cloudwatch.alarm",
    service: ["AmazonCloudWatch", "AmazonCloudWatch"],
    resource: "{alarm.AlarmArn}",
    since: "alarm.AlarmConfigurationUpdatedTimestamp",
    uses: one("CW:AlarmMonitorUsage"),
  },
];

/** Fargate is charged for tasks, not for their service. Source: CUR user guide, "Split cost allocation data". */
function tasks(row: JsonObject): string[] {
  const cluster = told(row, "clusterArn");
  return Array.from({ length: Number(told(row, "desiredCount")) }, (_, at) => {
    const id = createHash("sha256")
      .update(`${told(row, "serviceName")} ${at}`)
      .digest("hex")
      .slice(0, 32);
    return `${cluster.replace(":cluster/", ":task/")}/${id}`;
  });
}
