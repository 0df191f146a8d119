import { isDeepStrictEqual } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { DIFFERENCES } from "./differences.ts";
import { defaultSubnets, expectRefusals, inboxOf } from "./expect-refusals.ts";
import { describeServers } from "./servers.ts";

const CONTAINERS = [{ name: "a", image: "a:1", memory: 128 }];

describeServers("what is in use, protected or in the wrong state", (server) => {
  const { aws } = server;
  const ec2 = (command: string, query: string) => aws.text(`ec2 ${command} --query ${query}`);
  let subnets: readonly string[];

  beforeAll(async () => {
    subnets = await defaultSubnets(aws);
  });

  test("EC2 keeps what is in use or protected", async () => {
    const launch = `run-instances --image-id ami-1234abcd --subnet-id ${subnets[0]}`;
    const web = await ec2(launch, "Instances[0].InstanceId");
    const gone = await ec2(launch, "Instances[0].InstanceId");
    const find = "describe-volumes --filters Name=attachment.instance-id,Values=";
    const root = await ec2(`${find}${web}`, "Volumes[0].VolumeId");
    const spare = await ec2("create-volume --size 1 --availability-zone eu-west-1a", "VolumeId");
    const image = await ec2(`create-image --instance-id ${web} --name i`, "ImageId");
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
    await aws.call(`ec2 modify-instance-attribute --instance-id ${web} --disable-api-termination`);
    await aws.call(`ec2 attach-internet-gateway --vpc-id ${vpc} --internet-gateway-id ${gateway}`);

    await expectRefusals(server, [
      ["VolumeInUse", `ec2 delete-volume --volume-id ${root}`],
      [DIFFERENCES.attachedTwice, `ec2 attach-volume --device /dev/sdf --instance-id ${web} --volume-id ${root}`],
      [DIFFERENCES.detachedTwice, `ec2 detach-volume --volume-id ${spare}`],
      ["InvalidSnapshot.InUse", `ec2 delete-snapshot --snapshot-id ${snapshot}`],
      ["OperationNotPermitted", `ec2 terminate-instances --instance-ids ${web}`],
      [DIFFERENCES.startedGone, `ec2 start-instances --instance-ids ${gone}`],
      [DIFFERENCES.stoppedGone, `ec2 stop-instances --instance-ids ${gone}`],
      [DIFFERENCES.resizedRunning, `ec2 modify-instance-attribute --instance-id ${web} --instance-type Value=m5.large`],
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
    const vpc = await ec2("describe-vpcs --filters Name=is-default,Values=true", "Vpcs[0].VpcId");
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
