/** What is added beside `seedAccount`: what is hard to remove, and what hangs on the baseline. */
import { openAws } from "../awscli.ts";
import { type Seeding, seeding } from "../seed/seeding.ts";
import { alarm, type Baseline } from "./baseline.ts";

/** Objects in the bucket with versions; every fourth is deleted, which leaves its versions and a marker. */
const OBJECTS = 40;

/** Adds it; returns how many things awscli says it made. */
export async function addMore(url: string, region: string, baseline: Baseline): Promise<number> {
  const aws = await openAws(url, region);
  const filling = seeding(aws, region);
  try {
    await fillBucket(filling);
    await addPeople(filling);
    await addNetwork(filling);
    await hangOn(filling, baseline);
    return filling.inventory.length;
  } finally {
    await aws.close();
  }
}

/** The bucket that `seedAccount` made with versioning. */
async function fillBucket({ aws, region }: Seeding): Promise<void> {
  const bucket = `--bucket shop-assets-${region}`;
  for (let n = 0; n < OBJECTS; n++) await aws.call(`s3api put-object ${bucket} --key picture-${n}`);
  for (let n = 0; n < OBJECTS; n += 4) await aws.call(`s3api delete-object ${bucket} --key picture-${n}`);
  await aws.call(`s3api put-object ${bucket} --key picture-1`);
  await aws.call(`s3api create-multipart-upload ${bucket} --key never-ended`);
}

/**
 * A role and a user with everything that IAM wants to be taken away first. SageMaker is taken out of the trust of the
 * common account's role: it may be used by training jobs and domains, of which Evenkeel knows nothing, and so it would stay.
 */
async function addPeople({ aws, makeNamed }: Seeding): Promise<void> {
  const statement = (effect: object) => ({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...effect }] });
  const mayRead = statement({ Action: "s3:GetObject", Resource: "*" });
  const trust = statement({ Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" });
  await makeNamed(
    "AWS::IAM::Role",
    "late-runner",
    "iam create-role --role-name late-runner --query Role.Arn --assume-role-policy-document",
    trust,
  );
  await aws.call("iam put-role-policy --role-name late-runner --policy-name inline --policy-document", mayRead);
  await aws.call("iam attach-role-policy --role-name late-runner --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess");
  await aws.call(
    "iam create-policy-version --policy-arn arn:aws:iam::123456789012:policy/shop-read --set-as-default --policy-document",
    mayRead,
  );
  await aws.call("iam update-assume-role-policy --role-name shop-server --policy-document", trust);
  await makeNamed("AWS::IAM::User", "grace", "iam create-user --user-name grace --query User.Arn");
  await aws.call("iam create-login-profile --user-name grace --password Not-a-real-password-1");
  await aws.call("iam put-user-policy --user-name grace --policy-name inline --policy-document", mayRead);
  await aws.call("iam put-group-policy --group-name operators --policy-name inline --policy-document", mayRead);
}

/** A network with an endpoint that has interfaces, an access list of its own, and three groups that name each other in a ring. */
async function addNetwork({ aws, make, region }: Seeding): Promise<void> {
  const vpc = await make("AWS::EC2::VPC", "ec2 create-vpc --cidr-block 10.30.0.0/16 --query Vpc.VpcId");
  const subnet = await make(
    "AWS::EC2::Subnet",
    `ec2 create-subnet --vpc-id ${vpc} --cidr-block 10.30.1.0/24 --availability-zone ${region}a --query Subnet.SubnetId`,
  );
  const group = (name: string) =>
    make(
      "AWS::EC2::SecurityGroup",
      `ec2 create-security-group --group-name ${name} --description ${name} --vpc-id ${vpc} --query GroupId`,
    );
  const ring = [await group("ring-1"), await group("ring-2"), await group("ring-3")] as const;
  for (const [n, to] of ring.entries())
    await aws.call(`ec2 authorize-security-group-ingress --group-id ${to} --ip-permissions`, [
      { IpProtocol: "tcp", FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId: ring[(n + 1) % ring.length] }] },
    ]);
  await make(
    "AWS::EC2::VPCEndpoint",
    `ec2 create-vpc-endpoint --vpc-id ${vpc} --vpc-endpoint-type Interface --service-name com.amazonaws.${region}.sqs --subnet-ids ${subnet} --security-group-ids ${ring[0]} --query VpcEndpoint.VpcEndpointId`,
  );
  await make("AWS::EC2::NetworkAcl", `ec2 create-network-acl --vpc-id ${vpc} --query NetworkAcl.NetworkAclId`);
}

/** Things of the baseline that what is added uses: they must not notice when it goes. */
async function hangOn({ aws, make, note }: Seeding, baseline: Baseline): Promise<void> {
  const { vpc, subnet, group, image, topic, role } = baseline;
  const guest = await make(
    "AWS::EC2::SecurityGroup",
    `ec2 create-security-group --group-name guest --description guest --vpc-id ${vpc} --query GroupId`,
  );
  await aws.call(
    `ec2 authorize-security-group-ingress --group-id ${guest} --protocol tcp --port 80 --source-group ${group}`,
  );
  await make(
    "AWS::EC2::Instance",
    `ec2 run-instances --image-id ${image} --instance-type t3.micro --key-name base --subnet-id ${subnet} --security-group-ids ${group} ${guest} --iam-instance-profile Name=base-server --query Instances[0].InstanceId`,
  );
  await aws.call(alarm("late-too", topic));
  note("AWS::CloudWatch::Alarm", "late-too");
  await aws.call("sqs create-queue --queue-name late-copy");
  note("AWS::SQS::Queue", "late-copy");
  await make("AWS::Lambda::Function", "lambda create-function --query FunctionName --cli-input-json", {
    FunctionName: "late-worker",
    Runtime: "python3.12",
    Role: role,
    Handler: "main.handler",
    Code: { ZipFile: `PK\u0005\u0006${"\0".repeat(18)}` },
  });
}
