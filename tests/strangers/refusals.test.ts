import { isDeepStrictEqual } from "node:util";
import { beforeAll, expect, test } from "vitest";
import type { Argument, Aws } from "../moto/awscli.ts";
import { refusal } from "../moto/refusal.ts";
import { DIFFERENCES, type Difference } from "./differences.ts";
import { describeServers, type ServerInUse } from "./servers.ts";

/** A command and the error code with which AWS refuses it; `accepted` when it does not; or in what moto and twin differ. */
type Row = readonly [code: string | Difference, command: string, ...args: readonly Argument[]];

const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
const OPEN = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const ZIP = `PK\u0005\u0006${"\0".repeat(18)}`;
const CONTAINERS = [{ name: "a", image: "a:1", memory: 128 }];

/** A template of one queue. */
const inboxOf = (QueueName: string) => ({
  Resources: { Inbox: { Type: "AWS::SQS::Queue", Properties: { QueueName } } },
});

/** An id of the right form that is nowhere. */
const no = (prefix: string) => `${prefix}-0123456789abcdef0`;

/** Asks row by row, in order, and compares all that was answered with all that AWS would answer. */
async function expectRefusals({ aws, name }: ServerInUse, rows: readonly Row[]): Promise<void> {
  const answers: string[] = [];
  for (const [, command, ...args] of rows) answers.push(`${await refusal(aws, command, ...args)}: ${command}`);

  expect(answers).toEqual(rows.map(([code, command]) => `${typeof code === "string" ? code : code[name]}: ${command}`));
}

const texts = (aws: Pick<Aws, "text">) => ({
  ec2: (command: string, query: string) => aws.text(`ec2 ${command} --query ${query}`),
});

describeServers("refusals", (server) => {
  const { aws } = server;
  let subnets: readonly string[];

  beforeAll(async () => {
    const isDefault = "--filters Name=default-for-az,Values=true";
    subnets = (await aws.call(`ec2 describe-subnets ${isDefault} --query Subnets[:2].SubnetId`)) as string[];
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
    const vpc = await texts(aws).ec2("create-vpc --cidr-block 10.1.0.0/16", "Vpc.VpcId");
    const gateway = await texts(aws).ec2("create-internet-gateway", "InternetGateway.InternetGatewayId");
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

  test("EC2 keeps what is in use or protected", async () => {
    const { ec2 } = texts(aws);
    const launch = `run-instances --image-id ami-1234abcd --subnet-id ${subnets[0]}`;
    const server1 = await ec2(launch, "Instances[0].InstanceId");
    const gone = await ec2(launch, "Instances[0].InstanceId");
    const find = "describe-volumes --filters Name=attachment.instance-id,Values=";
    const root = await ec2(`${find}${server1}`, "Volumes[0].VolumeId");
    const spare = await ec2("create-volume --size 1 --availability-zone eu-west-1a", "VolumeId");
    const image = await ec2(`create-image --instance-id ${server1} --name i`, "ImageId");
    const snapshot = await ec2(
      `describe-images --image-ids ${image}`,
      "Images[0].BlockDeviceMappings[0].Ebs.SnapshotId",
    );
    const vpc = await ec2("create-vpc --cidr-block 10.3.0.0/16", "Vpc.VpcId");
    const gateway = await ec2("create-internet-gateway", "InternetGateway.InternetGatewayId");
    const main = await ec2(`describe-route-tables --filters Name=vpc-id,Values=${vpc}`, "RouteTables[0].RouteTableId");
    const group = await ec2("create-security-group --group-name w --description w", "GroupId");
    const rule = `--group-id ${group} --protocol tcp --port 80 --cidr 10.0.0.0/8`;
    await aws.call(`ec2 terminate-instances --instance-ids ${gone}`);
    await aws.call(`ec2 modify-instance-attribute --instance-id ${server1} --disable-api-termination`);
    await aws.call(`ec2 attach-internet-gateway --vpc-id ${vpc} --internet-gateway-id ${gateway}`);

    await expectRefusals(server, [
      ["VolumeInUse", `ec2 delete-volume --volume-id ${root}`],
      [DIFFERENCES.attachedTwice, `ec2 attach-volume --device /dev/sdf --instance-id ${server1} --volume-id ${root}`],
      [DIFFERENCES.detachedTwice, `ec2 detach-volume --volume-id ${spare}`],
      ["InvalidSnapshot.InUse", `ec2 delete-snapshot --snapshot-id ${snapshot}`],
      ["OperationNotPermitted", `ec2 terminate-instances --instance-ids ${server1}`],
      [DIFFERENCES.startedGone, `ec2 start-instances --instance-ids ${gone}`],
      [DIFFERENCES.stoppedGone, `ec2 stop-instances --instance-ids ${gone}`],
      [
        DIFFERENCES.resizedRunning,
        `ec2 modify-instance-attribute --instance-id ${server1} --instance-type Value=m5.large`,
      ],
      [DIFFERENCES.mainRouteTable, `ec2 delete-route-table --route-table-id ${main}`],
      ["DependencyViolation", `ec2 delete-internet-gateway --internet-gateway-id ${gateway}`],
      ["accepted", `ec2 authorize-security-group-ingress ${rule}`],
      ["InvalidPermission.Duplicate", `ec2 authorize-security-group-ingress ${rule}`],
      ["accepted", `ec2 revoke-security-group-ingress ${rule}`],
      [DIFFERENCES.revokedTwice, `ec2 revoke-security-group-ingress ${rule}`],
    ]);
  });

  test("a fleet and a container service are kept while they have members", async () => {
    const template = await aws.text(
      "ec2 create-launch-template --launch-template-name fleet --query LaunchTemplate.LaunchTemplateId --launch-template-data",
      { ImageId: "ami-1234abcd", InstanceType: "t3.micro" },
    );
    const fleet = (name: string) => `--auto-scaling-group-name ${name}`;
    const place = `--vpc-zone-identifier ${subnets[0]} --launch-template LaunchTemplateId=${template},Version=1`;
    for (const name of ["web", "batch"])
      await aws.call(`autoscaling create-auto-scaling-group ${fleet(name)} --min-size 1 --max-size 2 ${place}`);
    await aws.call("ecs create-cluster --cluster-name c");
    await aws.call("ecs register-task-definition --family t --container-definitions", CONTAINERS);
    await aws.call("ecs create-service --cluster c --service-name s --task-definition t --desired-count 1");

    await expectRefusals(server, [
      [DIFFERENCES.fleetTooLarge, `autoscaling set-desired-capacity ${fleet("web")} --desired-capacity 3`],
      [DIFFERENCES.fleetInUse, `autoscaling delete-auto-scaling-group ${fleet("web")}`],
      ["accepted", `autoscaling delete-auto-scaling-group ${fleet("batch")} --force-delete`],
      ["ServiceNotFoundException", "ecs update-service --cluster c --service none --desired-count 0"],
      ["InvalidParameterException", "ecs delete-service --cluster c --service s"],
      ["accepted", "ecs delete-service --cluster c --service s --force"],
    ]);
  });

  test("databases and streams are kept in their state, under protection and for their last snapshot", async () => {
    const master = "--master-username u --master-user-password not-a-secret";
    const cluster = "--db-cluster-identifier stock --engine aurora-postgresql";
    await aws.call(
      `rds create-db-instance --db-instance-identifier orders --engine postgres --db-instance-class db.m5.large --allocated-storage 20 ${master} --deletion-protection`,
    );
    await aws.call(`rds create-db-cluster ${cluster} ${master}`);
    await aws.call(`rds create-db-instance --db-instance-identifier m ${cluster} --db-instance-class db.r5.large`);
    await aws.call("kinesis create-stream --stream-name clicks --shard-count 1");

    await expectRefusals(server, [
      ["InvalidParameterCombination", "rds delete-db-instance --db-instance-identifier orders --skip-final-snapshot"],
      [
        "accepted",
        "rds modify-db-instance --db-instance-identifier orders --no-deletion-protection --apply-immediately",
      ],
      ["InvalidDBInstanceState", "rds start-db-instance --db-instance-identifier orders"],
      ["accepted", "rds stop-db-instance --db-instance-identifier orders"],
      ["InvalidDBInstanceState", "rds stop-db-instance --db-instance-identifier orders"],
      ["InvalidDBClusterStateFault", "rds delete-db-cluster --db-cluster-identifier stock --skip-final-snapshot"],
      ["InvalidDBClusterStateFault", "rds start-db-cluster --db-cluster-identifier stock"],
      [
        "InvalidArgumentException",
        "kinesis increase-stream-retention-period --stream-name clicks --retention-period-hours 12",
      ],
      ["accepted", "kinesis increase-stream-retention-period --stream-name clicks --retention-period-hours 24"],
      [DIFFERENCES.noFinalSnapshot, "rds delete-db-instance --db-instance-identifier orders"],
    ]);
  });

  test("buckets, balancers, rules, keys, secrets and stacks are taken down in order", async () => {
    const bucket = "--bucket full";
    const vpc = await texts(aws).ec2("describe-vpcs --filters Name=is-default,Values=true", "Vpcs[0].VpcId");
    const key = await aws.text("kms create-key --query KeyMetadata.KeyId");
    await aws.call(`s3api create-bucket ${bucket} --create-bucket-configuration LocationConstraint=eu-west-1`);
    await aws.call(`s3api put-object ${bucket} --key a`);
    const balancer = await aws.text(
      `elbv2 create-load-balancer --name public --subnets ${subnets.join(" ")} --query LoadBalancers[0].LoadBalancerArn`,
    );
    const targets = await aws.text(
      `elbv2 create-target-group --name main --protocol HTTP --port 80 --vpc-id ${vpc} --query TargetGroups[0].TargetGroupArn`,
    );
    const listener = `elbv2 create-listener --load-balancer-arn ${balancer} --protocol HTTP --port 80 --default-actions`;
    const forward = [{ Type: "forward", TargetGroupArn: targets }];
    await aws.call(listener, forward);
    await aws.call("events put-rule --name r --schedule-expression", "rate(1 day)");
    await aws.call(`events put-targets --rule r --targets Id=q,Arn=arn:aws:sqs:eu-west-1:123456789012:q`);
    await aws.call("secretsmanager create-secret --name token --secret-string not-a-secret");
    await aws.call("secretsmanager delete-secret --secret-id token");
    await aws.call(`kms schedule-key-deletion --key-id ${key}`);
    await aws.call("cloudformation create-stack --stack-name plumbing --template-body", inboxOf("letters"));
    await aws.call(
      "cloudformation create-stack --stack-name kept --enable-termination-protection --template-body",
      inboxOf("kept"),
    );

    await expectRefusals(server, [
      ["BucketNotEmpty", `s3api delete-bucket ${bucket}`],
      ["NoSuchBucketPolicy", `s3api get-bucket-policy ${bucket}`],
      ["NoSuchTagSet", `s3api get-bucket-tagging ${bucket}`],
      ["NoSuchLifecycleConfiguration", `s3api get-bucket-lifecycle-configuration ${bucket}`],
      ["NoSuchCORSConfiguration", `s3api get-bucket-cors ${bucket}`],
      ["NoSuchWebsiteConfiguration", `s3api get-bucket-website ${bucket}`],
      ["ReplicationConfigurationNotFoundError", `s3api get-bucket-replication ${bucket}`],
      [DIFFERENCES.bucketPublicAccess, `s3api get-public-access-block ${bucket}`],
      [DIFFERENCES.bucketEncryption, `s3api get-bucket-encryption ${bucket}`],
      ["ResourceInUse", `elbv2 delete-target-group --target-group-arn ${targets}`],
      ["accepted", listener, forward],
      [DIFFERENCES.listenerTaken, listener, [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } }]],
      ["ValidationException", "events delete-rule --name r"],
      ["InvalidRequestException", "secretsmanager get-secret-value --secret-id token"],
      [DIFFERENCES.keyPendingDeletion, `kms disable-key --key-id ${key}`],
      [DIFFERENCES.protectedStack, "cloudformation delete-stack --stack-name kept"],
      ["accepted", "cloudformation delete-stack --stack-name plumbing"],
      ["AWS.SimpleQueueService.NonExistentQueue", "sqs get-queue-url --queue-name letters"],
    ]);
  });

  test("tags that are given at the making are kept", async () => {
    const tags = [{ Key: "project", Value: "shop" }];
    const image = await aws.text(
      "ec2 register-image --name tagged --root-device-name /dev/xvda --query ImageId --block-device-mappings",
      [{ DeviceName: "/dev/xvda", Ebs: { VolumeSize: 8 } }],
      "--tag-specifications",
      [{ ResourceType: "image", Tags: tags }],
    );
    await aws.call("kinesis create-stream --stream-name tagged --shard-count 1 --tags project=shop");
    const kept = async (command: string, query: string) =>
      isDeepStrictEqual(await aws.call(command, "--query", query), tags) ? "kept" : "lost";

    expect(await kept(`ec2 describe-images --image-ids ${image}`, "Images[0].Tags")).toBe(
      DIFFERENCES.imageTags[server.name],
    );
    expect(await kept("kinesis list-tags-for-stream --stream-name tagged", "Tags")).toBe(
      DIFFERENCES.streamTags[server.name],
    );
  });
});
