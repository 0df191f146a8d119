import { beforeAll, expect, test } from "vitest";
import { describeServers } from "../strangers/servers.ts";
import type { Argument } from "./awscli.ts";
import { refusal } from "./refusal.ts";

/** A listing: command, page size, and the names of its limit, token in, token out and list. */
type Listing = readonly [command: string, size: number, limit: string, tokenIn: string, tokenOut: string, list: string];

const ec2 = (what: string, list: string): Listing => [
  `ec2 describe-${what}`,
  5,
  "MaxResults",
  "NextToken",
  "NextToken",
  list,
];
const ecs = (command: string, list: string): Listing => [
  `ecs ${command}`,
  2,
  "maxResults",
  "nextToken",
  "nextToken",
  list,
];

const LISTINGS: readonly Listing[] = [
  ec2("instances", "Reservations"),
  ec2("volumes", "Volumes"),
  ec2("snapshots", "Snapshots"),
  ec2("security-groups", "SecurityGroups"),
  ec2("security-group-rules", "SecurityGroupRules"),
  ec2("network-interfaces", "NetworkInterfaces"),
  ec2("vpcs", "Vpcs"),
  ec2("subnets", "Subnets"),
  ec2("route-tables", "RouteTables"),
  ec2("internet-gateways", "InternetGateways"),
  ec2("launch-templates", "LaunchTemplates"),
  ec2("tags", "Tags"),
  ecs("list-clusters", "clusterArns"),
  ecs("list-services --cluster c1", "serviceArns"),
  ecs("list-task-definitions", "taskDefinitionArns"),
  ["kms list-keys", 2, "Limit", "Marker", "NextMarker", "Keys"],
  ["kms list-aliases", 2, "Limit", "Marker", "NextMarker", "Aliases"],
  ["sqs list-queues", 2, "MaxResults", "NextToken", "NextToken", "QueueUrls"],
  ["cloudwatch describe-alarms", 2, "MaxRecords", "NextToken", "NextToken", "MetricAlarms"],
  ["iam list-groups", 2, "MaxItems", "Marker", "Marker", "Groups"],
  ["elbv2 describe-target-groups", 2, "PageSize", "Marker", "NextMarker", "TargetGroups"],
  ["logs describe-log-groups", 2, "limit", "nextToken", "nextToken", "logGroups"],
  ["events list-rules", 2, "Limit", "NextToken", "NextToken", "Rules"],
  ["kinesis list-streams", 2, "Limit", "NextToken", "NextToken", "StreamNames"],
  ["dynamodb list-tables", 2, "Limit", "ExclusiveStartTableName", "LastEvaluatedTableName", "TableNames"],
  ["secretsmanager list-secrets", 2, "MaxResults", "NextToken", "NextToken", "SecretList"],
];

const CONTAINERS = [{ name: "a", image: "a:1", memory: 128 }];

/** What makes the n-th thing of every kind that is listed above. */
const MAKERS: readonly ((n: number) => readonly [string, ...Argument[]])[] = [
  (n) => [`ec2 create-vpc --cidr-block 10.${n}.0.0/16`],
  (n) => [`ec2 create-subnet --vpc-id VPC --cidr-block 172.31.${100 + n}.0/24`],
  (n) => [`ec2 create-security-group --group-name g${n} --description g${n}`],
  () => ["ec2 create-internet-gateway"],
  () => ["ec2 run-instances --image-id ami-1234abcd"],
  (n) => [
    `ec2 create-snapshot --volume-id VOLUME --tag-specifications ResourceType=snapshot,Tags=[{Key=n,Value=${n}}]`,
  ],
  (n) => [
    `ec2 create-launch-template --launch-template-name web${n} --launch-template-data`,
    { InstanceType: "t3.micro" },
  ],
  (n) => [`ecs create-cluster --cluster-name c${n}`],
  (n) => [`ecs register-task-definition --family f${n} --container-definitions`, CONTAINERS],
  (n) => [`ecs create-service --cluster c1 --service-name s${n} --task-definition f1 --desired-count 0`],
  (n) => [`kms create-key --description k${n}`],
  (n) => [`kms create-alias --alias-name alias/k${n} --target-key-id KEY`],
  (n) => [`sqs create-queue --queue-name q${n}`],
  (n) => [
    `cloudwatch put-metric-alarm --alarm-name a${n} --namespace n --metric-name m --statistic Sum --period 60 --evaluation-periods 1 --threshold 1 --comparison-operator GreaterThanThreshold`,
  ],
  (n) => [`iam create-group --group-name g${n}`],
  (n) => [`elbv2 create-target-group --name t${n} --protocol HTTP --port 80 --vpc-id VPC`],
  (n) => [`logs create-log-group --log-group-name l${n}`],
  (n) => [`events put-rule --name r${n} --event-pattern`, { source: ["shop"] }],
  (n) => [`kinesis create-stream --stream-name s${n} --shard-count 1`],
  (n) => [
    `dynamodb create-table --table-name table${n} --attribute-definitions AttributeName=a,AttributeType=S --key-schema AttributeName=a,KeyType=HASH --billing-mode PAY_PER_REQUEST`,
  ],
  (n) => [`secretsmanager create-secret --name s${n} --secret-string not-a-secret`],
];

describeServers("listings come in pages", ({ aws }) => {
  beforeAll(async () => {
    const known = {
      VPC: await aws.text("ec2 describe-vpcs --query Vpcs[0].VpcId"),
      VOLUME: await aws.text("ec2 create-volume --size 1 --availability-zone eu-west-1a --query VolumeId"),
      KEY: await aws.text("kms create-key --query KeyMetadata.KeyId"),
    };
    const fill = (command: string) => command.replace(/VPC|VOLUME|KEY/, (name) => known[name as keyof typeof known]);
    for (const maker of MAKERS)
      for (let n = 1; n <= (maker(0)[0].startsWith("ec2") ? 6 : 3); n++) {
        const [command, ...args] = maker(n);
        await aws.call(fill(command), ...args);
      }
  });

  /** The pages of a listing, by following its tokens. */
  async function pages([command, size, limit, tokenIn, tokenOut, list]: Listing): Promise<readonly unknown[][]> {
    const found: unknown[][] = [];
    let token: string | undefined;
    do {
      const input = { [limit]: size, ...(token === undefined ? {} : { [tokenIn]: token }) };
      const answer = (await aws.call(`${command} --no-paginate --cli-input-json`, input)) as Record<string, unknown>;
      found.push((answer[list] ?? []) as unknown[]);
      token = answer[tokenOut] as string | undefined;
    } while (token !== undefined && found.length < 100);
    return found;
  }

  test.for(LISTINGS)("%s answers in pages of the asked size that add up to the whole", async (listing) => {
    const [command, size, , , , list] = listing;

    const found = await pages(listing);

    const whole = (await aws.call(command)) as Record<string, unknown[]>;
    expect(found.flat()).toEqual(whole[list]);
    expect(found.length).toBeGreaterThan(1);
    expect(Math.max(...found.map((page) => page.length))).toBe(size);
  });

  test("ECS lists ten services where the caller names no page size", async () => {
    for (let n = 4; n <= 12; n++)
      await aws.call(`ecs create-service --cluster c1 --service-name s${n} --task-definition f1 --desired-count 0`);

    const answer = await aws.call("ecs list-services --cluster c1 --no-paginate");

    expect(answer).toMatchObject({ serviceArns: { length: 10 }, nextToken: expect.any(String) });
  });

  test("a page smaller or larger than the service allows is refused", async () => {
    const inOne = (command: string, input: object) => refusal(aws, `${command} --no-paginate --cli-input-json`, input);

    expect(await inOne("ec2 describe-images", { MaxResults: 2000 })).toBe("InvalidParameterValue");
    expect(await inOne("ec2 describe-volumes", { MaxResults: 4 })).toBe("InvalidParameterValue");
    expect(await inOne("rds describe-db-instances", { MaxRecords: 5 })).toBe("InvalidParameterValue");
    expect(await inOne("ecs list-clusters", { maxResults: 101 })).toBe("InvalidParameterException");
  });

  test("ids and a page size exclude each other where EC2 says so", async () => {
    const id = await aws.text("ec2 describe-instances --query Reservations[0].Instances[0].InstanceId");

    const call = refusal(aws, `ec2 describe-instances --instance-ids ${id} --no-paginate --max-results 5`);

    expect(await call).toBe("InvalidParameterCombination");
  });
});
