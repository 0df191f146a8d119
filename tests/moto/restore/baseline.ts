/** What stands before anything is added, and must stand afterwards as if nothing had been. */
import { type Aws, openAws } from "../awscli.ts";
import { type Made, made } from "../made.ts";
import { type Seeding, seeding } from "../seed/seeding.ts";

/** The ids that what is added later is wired to. */
export interface Baseline {
  readonly vpc: string;
  readonly subnet: string;
  readonly group: string;
  readonly image: string;
  readonly instance: string;
  readonly topic: string;
  readonly role: string;
  readonly all: readonly Made[];
}

const TRUST = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: ["ec2.amazonaws.com", "lambda.amazonaws.com"] },
      Action: "sts:AssumeRole",
    },
  ],
};

/** A server in a network of its own with its key, role, disk and image, a bucket with an object, and a watched queue. */
export async function makeBaseline(url: string, region: string): Promise<Baseline> {
  const aws = await openAws(url, region);
  const filling = seeding(aws, region);
  try {
    const network = await makeNetwork(filling);
    const server = await makeServer(filling, network);
    const topic = await makeData(filling);
    const role = "arn:aws:iam::123456789012:role/base-server";
    const profile = "arn:aws:iam::123456789012:instance-profile/base-server";
    const identity = [
      made("AWS::IAM::Role", "global", "base-server", role),
      made("AWS::IAM::InstanceProfile", "global", "base-server", profile),
    ];
    return { ...network, ...server, topic, role, all: [...filling.inventory, ...identity] };
  } finally {
    await aws.close();
  }
}

async function makeNetwork({ aws, make, region }: Seeding): Promise<Pick<Baseline, "vpc" | "subnet" | "group">> {
  const vpc = await make("AWS::EC2::VPC", "ec2 create-vpc --cidr-block 10.10.0.0/16 --query Vpc.VpcId");
  const subnet = await make(
    "AWS::EC2::Subnet",
    `ec2 create-subnet --vpc-id ${vpc} --cidr-block 10.10.1.0/24 --availability-zone ${region}a --query Subnet.SubnetId`,
  );
  const gateway = await make(
    "AWS::EC2::InternetGateway",
    "ec2 create-internet-gateway --query InternetGateway.InternetGatewayId",
  );
  await aws.call(`ec2 attach-internet-gateway --vpc-id ${vpc} --internet-gateway-id ${gateway}`);
  const routes = await make(
    "AWS::EC2::RouteTable",
    `ec2 create-route-table --vpc-id ${vpc} --query RouteTable.RouteTableId`,
  );
  await aws.call(
    `ec2 create-route --route-table-id ${routes} --destination-cidr-block 0.0.0.0/0 --gateway-id ${gateway}`,
  );
  await aws.call(`ec2 associate-route-table --route-table-id ${routes} --subnet-id ${subnet}`);
  const group = await make(
    "AWS::EC2::SecurityGroup",
    `ec2 create-security-group --group-name base --description base --vpc-id ${vpc} --query GroupId`,
  );
  await aws.call(
    `ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port 443 --cidr 10.0.0.0/8`,
  );
  return { vpc, subnet, group };
}

async function makeServer(
  { aws, make, note, region }: Seeding,
  { subnet, group }: Pick<Baseline, "subnet" | "group">,
): Promise<Pick<Baseline, "image" | "instance">> {
  await aws.call("iam create-role --role-name base-server --assume-role-policy-document", TRUST);
  await aws.call("iam create-instance-profile --instance-profile-name base-server");
  await aws.call("iam add-role-to-instance-profile --instance-profile-name base-server --role-name base-server");
  const disk = await make(
    "AWS::EC2::Volume",
    `ec2 create-volume --size 8 --availability-zone ${region}a --query VolumeId`,
  );
  const snapshot = await make(
    "AWS::EC2::Snapshot",
    `ec2 create-snapshot --volume-id ${disk} --description base --query SnapshotId`,
  );
  const image = await make(
    "AWS::EC2::Image",
    "ec2 register-image --name base --architecture x86_64 --root-device-name /dev/xvda --query ImageId --block-device-mappings",
    [{ DeviceName: "/dev/xvda", Ebs: { SnapshotId: snapshot } }],
  );
  await aws.call("ec2 create-key-pair --key-name base");
  note("AWS::EC2::KeyPair", "base");
  const instance = await make(
    "AWS::EC2::Instance",
    `ec2 run-instances --image-id ${image} --instance-type t3.micro --key-name base --subnet-id ${subnet} --security-group-ids ${group} --iam-instance-profile Name=base-server --query Instances[0].InstanceId`,
  );
  return { image, instance };
}

/** A bucket with an object, and a queue whose alarm goes to a topic; returns the topic. */
async function makeData({ aws, make, note, region }: Seeding): Promise<string> {
  await aws.call(`s3api create-bucket --bucket base-assets --create-bucket-configuration LocationConstraint=${region}`);
  await aws.call("s3api put-object --bucket base-assets --key kept");
  note("AWS::S3::Bucket", "base-assets", "arn:aws:s3:::base-assets");
  await aws.call("sqs create-queue --queue-name base-orders");
  note("AWS::SQS::Queue", "base-orders", `arn:aws:sqs:${region}:123456789012:base-orders`);
  const topic = await make("AWS::SNS::Topic", "sns create-topic --name base-alerts --query TopicArn");
  await aws.call(alarm("base-late", topic));
  note("AWS::CloudWatch::Alarm", "base-late");
  await aws.call("logs create-log-group --log-group-name /base");
  note("AWS::Logs::LogGroup", "/base");
  return topic;
}

/** An alarm on the baseline's queue. */
export function alarm(name: string, topic: string): string {
  const metric =
    "--namespace AWS/SQS --metric-name ApproximateAgeOfOldestMessage --dimensions Name=QueueName,Value=base-orders";
  const rule =
    "--statistic Maximum --period 60 --evaluation-periods 3 --threshold 300 --comparison-operator GreaterThanThreshold";
  return `cloudwatch put-metric-alarm --alarm-name ${name} ${metric} ${rule} --alarm-actions ${topic}`;
}

/** What awscli says of each, in full; of those that are there for a while after their end only what is alive. */
const DESCRIBES: Readonly<Record<string, string>> = {
  "ec2 describe-instances": "Reservations[].Instances[?State.Name!='terminated'][]",
  "ec2 describe-volumes": "Volumes",
  "ec2 describe-images --owners self": "Images",
  "ec2 describe-vpcs": "Vpcs",
  "ec2 describe-subnets": "Subnets",
  "ec2 describe-route-tables": "RouteTables",
  "ec2 describe-network-acls": "NetworkAcls",
  "ec2 describe-internet-gateways": "InternetGateways",
  "ec2 describe-network-interfaces": "NetworkInterfaces",
  "ec2 describe-security-groups": "SecurityGroups",
  "ec2 describe-key-pairs": "KeyPairs",
  "iam list-roles": "Roles",
  "iam get-instance-profile --instance-profile-name base-server": "InstanceProfile",
  "iam list-attached-role-policies --role-name base-server": "AttachedPolicies",
  "s3api list-buckets": "Buckets",
  "s3api list-object-versions --bucket base-assets": "Versions",
  "sqs get-queue-attributes --attribute-names All --queue-url http://127.0.0.1/123456789012/base-orders": "Attributes",
  "sns list-topics": "Topics",
  "cloudwatch describe-alarms": "MetricAlarms",
  "logs describe-log-groups": "logGroups",
};

/** All of that. */
export async function describeAll(aws: Pick<Aws, "call">): Promise<Readonly<Record<string, unknown>>> {
  const all: Record<string, unknown> = {};
  for (const [command, query] of Object.entries(DESCRIBES)) all[command] = await aws.call(command, "--query", query);
  return all;
}
