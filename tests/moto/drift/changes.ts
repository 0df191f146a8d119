import type { Aws } from "../awscli.ts";
import type { Made } from "../made.ts";
import { policyOf } from "../seed/data.ts";
import { alarm } from "../seed/serverless.ts";
import { forward } from "../seed/serving.ts";

/** One change to one seeded thing, the first of its type. */
export interface Change {
  readonly type: string;
  /** The properties that differ afterwards. */
  readonly paths: readonly string[];
  readonly change: (aws: Aws, made: Made, inventory: readonly Made[]) => Promise<unknown>;
}

const ELB = "AWS::ElasticLoadBalancingV2";
const OPEN = [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }];
const ANYONE = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
};

/** A change by one command, in which `{}` is the id. */
function by(type: string, path: string, command: string, ...args: readonly (string | object)[]): Change {
  return { type, paths: [path], change: (aws, { id }) => aws.call(command.replace("{}", id), ...args) };
}

/** The ids of a type, in the order in which they were seeded. */
function idsOf(inventory: readonly Made[], type: string): readonly string[] {
  return inventory.filter((one) => one.type === type).map((one) => one.id);
}

/** In the order in which they are made; every one is a thing that people want to be told of. */
export const CHANGES: readonly Change[] = [
  by("AWS::EC2::Instance", "Tags", "ec2 create-tags --resources {} --tags Key=project,Value=pirate"),
  by(
    "AWS::EC2::SecurityGroup",
    "IpPermissions",
    "ec2 authorize-security-group-ingress --group-id {} --ip-permissions",
    OPEN,
  ),
  by("AWS::EC2::VPC", "Tags", "ec2 delete-tags --resources {} --tags Key=cost-centre"),
  by(
    "AWS::AutoScaling::AutoScalingGroup",
    "MaxSize",
    "autoscaling update-auto-scaling-group --auto-scaling-group-name {} --max-size 9",
  ),
  by(
    "AWS::IAM::Role",
    "AssumeRolePolicyDocument",
    "iam update-assume-role-policy --role-name {} --policy-document",
    ANYONE,
  ),
  {
    type: "AWS::S3::Bucket",
    paths: ["Policy"],
    change: (aws, { id }) => aws.call(`s3api put-bucket-policy --bucket ${id} --policy`, policyOf(id, "Allow")),
  },
  by(
    "AWS::Lambda::Function",
    "MemorySize",
    "lambda update-function-configuration --memory-size 1024 --function-name {}",
  ),
  by("AWS::Lambda::EventSourceMapping", "BatchSize", "lambda update-event-source-mapping --batch-size 9 --uuid {}"),
  {
    type: "AWS::CloudWatch::Alarm",
    paths: ["Threshold"],
    change: (aws, _made, inventory) => aws.call(alarm(9000, idsOf(inventory, "AWS::SNS::Topic")[0] ?? "")),
  },
  {
    type: "AWS::SQS::Queue",
    paths: ["VisibilityTimeout"],
    change: async (aws, { id }) => {
      const url = await aws.text(`sqs get-queue-url --queue-name ${id} --query QueueUrl`);
      return aws.call(`sqs set-queue-attributes --queue-url ${url} --attributes VisibilityTimeout=5`);
    },
  },
  by(
    "AWS::SNS::Topic",
    "DisplayName",
    "sns set-topic-attributes --topic-arn {} --attribute-name DisplayName --attribute-value pirates",
  ),
  by(
    "AWS::DynamoDB::Table",
    "BillingModeSummary.BillingMode",
    "dynamodb update-table --table-name {} --billing-mode PAY_PER_REQUEST",
  ),
  by(
    "AWS::Kinesis::Stream",
    "RetentionPeriodHours",
    "kinesis increase-stream-retention-period --retention-period-hours 48 --stream-name {}",
  ),
  by(
    "AWS::RDS::DBInstance",
    "DBInstanceClass",
    "rds modify-db-instance --apply-immediately --db-instance-class db.m5.xlarge --db-instance-identifier {}",
  ),
  by("AWS::Logs::LogGroup", "retentionInDays", "logs put-retention-policy --retention-in-days 1 --log-group-name {}"),
  by("AWS::ECS::Service", "desiredCount", "ecs update-service --cluster shop --desired-count 7 --service {}"),
  {
    type: `${ELB}::ListenerRule`,
    paths: ["Actions"],
    change: (aws, { id }, inventory) => {
      const [main = "", spare = ""] = idsOf(inventory, `${ELB}::TargetGroup`);
      return aws.call(`elbv2 modify-rule --rule-arn ${id} --actions`, forward(main, 1, spare, 1));
    },
  },
];
