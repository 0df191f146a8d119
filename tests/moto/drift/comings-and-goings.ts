import type { Aws } from "../awscli.ts";
import { type Made, made } from "../made.ts";
import { seeding } from "../seed/seeding.ts";

/** How the last seeded thing of a type is deleted; `{}` is its id. */
const DELETIONS: Readonly<Record<string, string>> = {
  "AWS::EC2::Snapshot": "ec2 delete-snapshot --snapshot-id {}",
  "AWS::EC2::Volume": "ec2 delete-volume --volume-id {}",
  "AWS::EC2::NetworkInterface": "ec2 delete-network-interface --network-interface-id {}",
  "AWS::EC2::EIP": "ec2 release-address --allocation-id {}",
  "AWS::EC2::KeyPair": "ec2 delete-key-pair --key-name {}",
  "AWS::SageMaker::Endpoint": "sagemaker delete-endpoint --endpoint-name {}",
  "AWS::SecretsManager::Secret": "secretsmanager delete-secret --force-delete-without-recovery --secret-id {}",
};

/** Deletes one thing of several types. */
export async function deleteSome(aws: Aws, inventory: readonly Made[]): Promise<readonly Made[]> {
  const deleted: Made[] = [];
  for (const [type, command] of Object.entries(DELETIONS)) {
    const last = inventory.findLast((one) => one.type === type);
    if (last === undefined) throw new Error(`nothing of type ${type} was seeded`);
    await aws.call(command.replace("{}", last.id));
    deleted.push(last);
  }
  return deleted;
}

/** Creates things of several types, among them an instance with the disk and the interface that come with it. */
export async function createSome(aws: Aws, region: string): Promise<readonly Made[]> {
  const { inventory, make, makeNamed, note } = seeding(aws, region);
  await make("AWS::EC2::Volume", `ec2 create-volume --size 3 --availability-zone ${region}a --query VolumeId`);
  await make(
    "AWS::EC2::SecurityGroup",
    "ec2 create-security-group --group-name stowaway --description stowaway --query GroupId",
  );
  await seedInstance(aws, { make, note });
  const queue = `arn:aws:sqs:${region}:123456789012:stowaway`;
  await aws.call("sqs create-queue --queue-name stowaway");
  note("AWS::SQS::Queue", "stowaway", queue);
  await make("AWS::SNS::Topic", "sns create-topic --name stowaway --query TopicArn");
  await aws.call("logs create-log-group --log-group-name /stowaway");
  note("AWS::Logs::LogGroup", "/stowaway");
  await makeNamed(
    "AWS::DynamoDB::Table",
    "stowaway",
    "dynamodb create-table --table-name stowaway --attribute-definitions AttributeName=id,AttributeType=S --key-schema AttributeName=id,KeyType=HASH --billing-mode PAY_PER_REQUEST --query TableDescription.TableArn",
  );
  const user = await aws.text("iam create-user --user-name stowaway --query User.Arn");
  return [...inventory, made("AWS::IAM::User", "global", "stowaway", user)];
}

async function seedInstance(
  aws: Aws,
  { make, note }: Pick<ReturnType<typeof seeding>, "make" | "note">,
): Promise<void> {
  const image = await aws.text("ec2 describe-images --owners self --query Images[0].ImageId");
  const id = await make(
    "AWS::EC2::Instance",
    `ec2 run-instances --image-id ${image} --instance-type t3.micro --query Instances[0].InstanceId`,
  );
  const attached = `--filters Name=attachment.instance-id,Values=${id} --query`;
  note("AWS::EC2::Volume", await aws.text(`ec2 describe-volumes ${attached} Volumes[0].VolumeId`));
  note(
    "AWS::EC2::NetworkInterface",
    await aws.text(`ec2 describe-network-interfaces ${attached} NetworkInterfaces[0].NetworkInterfaceId`),
  );
}
