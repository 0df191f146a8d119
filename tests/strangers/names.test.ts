import { beforeAll, test } from "vitest";
import type { Argument } from "../moto/awscli.ts";
import { DIFFERENCES } from "./differences.ts";
import { defaultSubnets, expectRefusals, inboxOf, type Row } from "./expect-refusals.ts";
import { describeServers } from "./servers.ts";

const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
const OPEN = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const ZIP = `PK\u0005\u0006${"\0".repeat(18)}`;

/** An id of the right form that is nowhere. */
const no = (prefix: string) => `${prefix}-0123456789abcdef0`;

describeServers("what is not there, and what is there already,", (server) => {
  const { aws } = server;
  const ec2 = (command: string, query: string) => aws.text(`ec2 ${command} --query ${query}`);
  let subnets: readonly string[];

  beforeAll(async () => {
    subnets = await defaultSubnets(aws);
  });

  test("EC2 has an error code for every kind of thing", () =>
    expectRefusals(server, [
      ["InvalidInstanceID.NotFound", `ec2 describe-instances --instance-ids ${no("i")}`],
      ["InvalidInstanceID.NotFound", `ec2 terminate-instances --instance-ids ${no("i")}`],
      ["InvalidInstanceID.NotFound", `ec2 stop-instances --instance-ids ${no("i")}`],
      ["InvalidVolume.NotFound", `ec2 describe-volumes --volume-ids ${no("vol")}`],
      ["InvalidVolume.NotFound", `ec2 delete-volume --volume-id ${no("vol")}`],
      ["InvalidSnapshot.NotFound", `ec2 delete-snapshot --snapshot-id ${no("snap")}`],
      ["InvalidAMIID.NotFound", `ec2 describe-images --image-ids ${no("ami")}`],
      ["InvalidVpcID.NotFound", `ec2 describe-vpcs --vpc-ids ${no("vpc")}`],
      ["InvalidVpcID.NotFound", `ec2 delete-vpc --vpc-id ${no("vpc")}`],
      ["InvalidSubnetID.NotFound", `ec2 delete-subnet --subnet-id ${no("subnet")}`],
      ["InvalidGroup.NotFound", `ec2 delete-security-group --group-id ${no("sg")}`],
      ["InvalidNetworkInterfaceID.NotFound", `ec2 delete-network-interface --network-interface-id ${no("eni")}`],
      ["InvalidRouteTableID.NotFound", `ec2 delete-route-table --route-table-id ${no("rtb")}`],
      ["InvalidInternetGatewayID.NotFound", `ec2 delete-internet-gateway --internet-gateway-id ${no("igw")}`],
      [DIFFERENCES.noNatGateway, `ec2 delete-nat-gateway --nat-gateway-id ${no("nat")}`],
      ["InvalidAllocationID.NotFound", `ec2 release-address --allocation-id ${no("eipalloc")}`],
      ["InvalidKeyPair.NotFound", "ec2 describe-key-pairs --key-names none"],
      ["accepted", "ec2 delete-key-pair --key-name none"],
      [DIFFERENCES.noLaunchTemplate, `ec2 delete-launch-template --launch-template-id ${no("lt")}`],
    ]));

  test("services that know things by name have one each", () =>
    expectRefusals(server, [
      ["ValidationError", "autoscaling update-auto-scaling-group --auto-scaling-group-name none --max-size 1"],
      ["NoSuchEntity", "iam get-role --role-name none"],
      ["NoSuchEntity", "iam delete-user --user-name none"],
      ["NoSuchEntity", "iam delete-policy --policy-arn arn:aws:iam::123456789012:policy/none"],
      ["404", "s3api head-bucket --bucket none"],
      ["NoSuchBucket", "s3api delete-bucket --bucket none"],
      ["ResourceNotFoundException", "lambda get-function --function-name none"],
      ["ResourceNotFoundException", "lambda delete-function --function-name none"],
      ["DBInstanceNotFound", "rds describe-db-instances --db-instance-identifier none"],
      ["DBClusterNotFoundFault", "rds delete-db-cluster --db-cluster-identifier none --skip-final-snapshot"],
      ["DBSubnetGroupNotFoundFault", "rds describe-db-subnet-groups --db-subnet-group-name none"],
      ["ClusterNotFoundException", "ecs list-services --cluster none"],
      ["ClusterNotFoundException", "ecs delete-cluster --cluster none"],
      ["LoadBalancerNotFound", "elbv2 describe-load-balancers --names none"],
      ["TargetGroupNotFound", "elbv2 describe-target-groups --names none"],
      ["AWS.SimpleQueueService.NonExistentQueue", "sqs get-queue-url --queue-name none"],
      ["NotFound", "sns get-topic-attributes --topic-arn arn:aws:sns:eu-west-1:123456789012:none"],
      ["ResourceNotFoundException", "dynamodb describe-table --table-name none"],
      ["ResourceNotFoundException", "kinesis describe-stream-summary --stream-name none"],
      ["ResourceNotFoundException", "logs put-retention-policy --log-group-name none --retention-in-days 1"],
      ["ResourceNotFoundException", "events describe-rule --name none"],
      ["NotFoundException", "kms describe-key --key-id 12345678-1234-1234-1234-123456789012"],
      ["ResourceNotFoundException", "secretsmanager describe-secret --secret-id none"],
      ["ValidationError", "cloudformation describe-stacks --stack-name none"],
      ["accepted", "cloudformation delete-stack --stack-name none"],
      ["ValidationException", "sagemaker describe-endpoint --endpoint-name none"],
      ["ValidationException", "sagemaker delete-endpoint --endpoint-name none"],
    ]));

  test("a second one of the same name is refused", async () => {
    const vpc = await ec2("create-vpc --cidr-block 10.1.0.0/16", "Vpc.VpcId");
    const gateway = await ec2("create-internet-gateway", "InternetGateway.InternetGatewayId");
    const role = await aws.text("iam create-role --role-name f --query Role.Arn --assume-role-policy-document", TRUST);
    const group = `ec2 create-security-group --group-name g --description g --vpc-id ${vpc}`;
    const attach = `ec2 attach-internet-gateway --vpc-id ${vpc} --internet-gateway-id ${gateway}`;
    const subnet = `ec2 create-subnet --vpc-id ${vpc} --cidr-block`;
    const bucket = "s3api create-bucket --bucket shop --create-bucket-configuration LocationConstraint=eu-west-1";
    const worker = { FunctionName: "f", Runtime: "python3.12", Role: role, Handler: "m.h", Code: { ZipFile: ZIP } };
    const table =
      "dynamodb create-table --table-name t --attribute-definitions AttributeName=a,AttributeType=S --key-schema AttributeName=a,KeyType=HASH --billing-mode PAY_PER_REQUEST";
    const database =
      "rds create-db-instance --db-instance-identifier d --engine postgres --db-instance-class db.m5.large --allocated-storage 20 --master-username u --master-user-password not-a-secret";
    const balancer = `elbv2 create-load-balancer --name b --subnets ${subnets.join(" ")}`;
    const targets = `elbv2 create-target-group --name t --protocol HTTP --vpc-id ${vpc}`;
    const subnetGroup = `rds create-db-subnet-group --db-subnet-group-name g --db-subnet-group-description g --subnet-ids ${subnets.join(" ")}`;
    const twice = (code: string, command: string, ...args: readonly Argument[]): readonly Row[] => [
      ["accepted", command, ...args],
      [code, command, ...args],
    ];

    await expectRefusals(server, [
      ...twice("InvalidKeyPair.Duplicate", "ec2 create-key-pair --key-name k"),
      ...twice("InvalidGroup.Duplicate", group),
      ...twice("Resource.AlreadyAssociated", attach),
      ...twice("InvalidSubnet.Conflict", `${subnet} 10.1.1.0/24`),
      ["InvalidSubnet.Range", `${subnet} 10.2.1.0/24`],
      ...twice(
        "InvalidLaunchTemplateName.AlreadyExistsException",
        "ec2 create-launch-template --launch-template-name web --launch-template-data",
        { InstanceType: "t3.micro" },
      ),
      ...twice("accepted", balancer),
      ["accepted", `${targets} --port 80`],
      [DIFFERENCES.sameTargetGroup, `${targets} --port 80`],
      ["DuplicateTargetGroupName", `${targets} --port 81`],
      ...twice("accepted", "sqs create-queue --queue-name q --attributes VisibilityTimeout=60"),
      ["QueueAlreadyExists", "sqs create-queue --queue-name q --attributes VisibilityTimeout=61"],
      ...twice("accepted", "sns create-topic --name t"),
      ...twice("EntityAlreadyExists", "iam create-user --user-name u"),
      ...twice("EntityAlreadyExists", "iam create-policy --policy-name p --policy-document", OPEN),
      ...twice("BucketAlreadyOwnedByYou", bucket),
      ...twice("ResourceConflictException", "lambda create-function --cli-input-json", worker),
      ...twice("DBInstanceAlreadyExists", database),
      ["accepted", subnetGroup],
      [DIFFERENCES.sameSubnetGroup, subnetGroup],
      ...twice("ResourceInUseException", table),
      ...twice("ResourceInUseException", "kinesis create-stream --stream-name s --shard-count 1"),
      ...twice("ResourceAlreadyExistsException", "logs create-log-group --log-group-name l"),
      ...twice("ResourceExistsException", "secretsmanager create-secret --name s --secret-string not-a-secret"),
      ...twice(
        "AlreadyExistsException",
        "cloudformation create-stack --stack-name c --template-body",
        inboxOf("inbox"),
      ),
    ]);
  });
});
