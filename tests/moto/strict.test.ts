import * as ec2 from "@aws-sdk/client-ec2";
import { NormalizedSchema } from "@smithy/core/schema";
import { expect, test } from "vitest";
import { DIFFERENCES } from "../strangers/differences.ts";
import { describeServers } from "../strangers/servers.ts";
import { describeMoto } from "./environment.ts";
import { refusal } from "./refusal.ts";
import { useMoto } from "./use-moto.ts";

const ACCEPTED = "accepted";

/** Read from the SDK's schemas, not from the botocore that moto and the strict layer use. */
function takesDryRun(action: string): boolean {
  const [, , , , input] = Reflect.get(ec2, `${action}$`) as readonly unknown[];
  const schema = typeof input === "function" ? input() : input;
  return "DryRun" in NormalizedSchema.of(schema).getMemberSchemas();
}

/** The error code that answers a bare dry run of an EC2 action. */
async function dryRun(url: string, action: string): Promise<string> {
  const body = new URLSearchParams({ Action: action, Version: "2016-11-15", DryRun: "true" });
  const scope = "testing/20260101/eu-west-1/ec2/aws4_request";
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const answer = await fetch(url, { method: "POST", body, headers: { authorization } });
  return /<Code>(\w+)/.exec(await answer.text())?.[1] ?? `accepted with ${answer.status}`;
}

describeServers(
  "dry runs, protection and unknown calls",
  (server) => {
    const { aws } = server;

    /** All that the calls of the dry run could have changed. */
    const everything = () =>
      Promise.all(["instances", "volumes", "vpcs", "addresses"].map((what) => aws.call(`ec2 describe-${what}`)));

    test("a dry run of any EC2 call says that it would have succeeded, and does nothing", async () => {
      const id = await aws.text("ec2 run-instances --image-id ami-1234abcd --query Instances[0].InstanceId");
      const volume = await aws.text("ec2 create-volume --size 1 --availability-zone eu-west-1a --query VolumeId");
      const lonely = await aws.text("ec2 create-vpc --cidr-block 10.9.0.0/16 --query Vpc.VpcId");
      const calls = [
        `terminate-instances --instance-ids ${id}`,
        `stop-instances --instance-ids ${id}`,
        `modify-instance-attribute --instance-id ${id} --instance-type Value=m5.large`,
        `delete-volume --volume-id ${volume}`,
        `delete-vpc --vpc-id ${lonely}`,
        `create-tags --resources ${volume} --tags Key=a,Value=b`,
        "create-vpc --cidr-block 10.8.0.0/16",
        "allocate-address --domain vpc",
        "describe-vpcs",
      ];
      const before = await everything();

      for (const call of calls) expect.soft(await refusal(aws, `ec2 ${call} --dry-run`), call).toBe("DryRunOperation");

      expect(await everything()).toEqual(before);
    });

    test("every EC2 call that has a DryRun parameter in its API refuses to act on it", async () => {
      const actions = Object.keys(ec2)
        .flatMap((name) => /^(\w+)Command$/.exec(name)?.[1] ?? [])
        .filter(takesDryRun);
      const answers = await Promise.all(
        actions.map(async (action) => [action, await dryRun(server.url, action)] as const),
      );

      const strays = answers.filter(
        ([, code]) => code !== "DryRunOperation" && code !== DIFFERENCES.notSimulated[server.name],
      );
      const refused = answers.filter(([, code]) => code === "DryRunOperation");
      expect(strays).toEqual([]);
      expect(refused.length).toBeGreaterThan(100);
    });

    test("an ECS cluster is kept while it has an active service", async () => {
      await aws.call("ecs create-cluster --cluster-name c");
      await aws.call("ecs register-task-definition --family t --container-definitions", [
        { name: "a", image: "a:1", memory: 128 },
      ]);
      await aws.call(
        "ecs create-service --cluster c --service-name s --task-definition t --desired-count 0 --launch-type EC2",
      );

      expect(await refusal(aws, "ecs delete-cluster --cluster c")).toBe("ClusterContainsServicesException");
      await aws.call("ecs delete-service --cluster c --service s");
      expect(await refusal(aws, "ecs delete-cluster --cluster c")).toBe(ACCEPTED);
    });

    test("a load balancer with deletion protection is kept", async () => {
      const subnets = (await aws.call("ec2 describe-subnets --query Subnets[:2].SubnetId")) as string[];
      const arn = await aws.text(
        `elbv2 create-load-balancer --name shop --subnets ${subnets.join(" ")} --query LoadBalancers[0].LoadBalancerArn`,
      );
      const protect = (value: boolean) =>
        aws.call(
          `elbv2 modify-load-balancer-attributes --load-balancer-arn ${arn} --attributes Key=deletion_protection.enabled,Value=${value}`,
        );

      await protect(true);
      expect(await refusal(aws, `elbv2 delete-load-balancer --load-balancer-arn ${arn}`)).toBe("OperationNotPermitted");
      await protect(false);
      expect(await refusal(aws, `elbv2 delete-load-balancer --load-balancer-arn ${arn}`)).toBe(ACCEPTED);
    });

    test("a member of an Aurora cluster cannot be stopped by itself, its cluster can", async () => {
      await aws.call(
        "rds create-db-cluster --db-cluster-identifier c --engine aurora-postgresql --master-username u --master-user-password not-a-secret",
      );
      await aws.call(
        "rds create-db-instance --db-instance-identifier m --db-cluster-identifier c --engine aurora-postgresql --db-instance-class db.r5.large",
      );

      expect(await refusal(aws, "rds stop-db-instance --db-instance-identifier m")).toBe("InvalidParameterCombination");
      expect(await refusal(aws, "rds stop-db-cluster --db-cluster-identifier c")).toBe(ACCEPTED);
    });

    test("a call that is not simulated is answered so in every protocol, once and at once", async () => {
      const calls = [
        "ec2 describe-fpga-images",
        "iam list-server-certificate-tags --server-certificate-name x",
        "cloudwatch describe-anomaly-detectors",
        "lambda list-code-signing-configs",
        "s3api delete-bucket-metrics-configuration --bucket shop --id x",
        "docdb-elastic list-clusters",
        "cloudcontrol list-resources --type-name AWS::SQS::Queue",
      ];

      await aws.call("s3api create-bucket --bucket shop --create-bucket-configuration LocationConstraint=eu-west-1");

      for (const call of calls) expect.soft(await refusal(aws, call), call).toBe(DIFFERENCES.notSimulated[server.name]);
      expect(await refusal(aws, "s3api head-bucket --bucket shop")).toBe(ACCEPTED);
    });
  },
  { unsimulated: true },
);

describeMoto("plain moto, for comparison,", () => {
  const { aws } = useMoto({ strict: false });

  test("deletes a VPC in a dry run", async () => {
    const id = await aws.text("ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId");

    await refusal(aws, `ec2 delete-vpc --vpc-id ${id} --dry-run`);

    expect(await aws.call("ec2 describe-vpcs --query Vpcs[].VpcId")).not.toContain(id);
  });
});
