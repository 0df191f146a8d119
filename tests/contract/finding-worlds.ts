import { AutoScalingClient, CreateAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AttachVolumeCommand,
  CreateLaunchTemplateCommand,
  CreateNatGatewayCommand,
  CreateSnapshotCommand,
  CreateTagsCommand,
  CreateVolumeCommand,
  type CreateVolumeCommandInput,
  DeleteVolumeCommand,
  EC2Client,
  ModifySnapshotAttributeCommand,
  RegisterImageCommand,
  StopInstancesCommand,
} from "@aws-sdk/client-ec2";
import {
  type Action,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client as ELB,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateDBClusterCommand, CreateDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  ReplicateSecretToRegionsCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { defaultNetwork, launched, ownNetwork, rowsOf, volume } from "../../src/catalog/ec2/ec2.trial.ts";
import type { VirtualClock } from "../../src/twin/clock.ts";
import { seedMetric } from "../../src/twin/metrics.ts";
import { ACCOUNT, HERE, type TestAccount } from "./account.ts";

/** Makes a world; `has` tells the id of what is to be found. */
type Make = (account: TestAccount) => Promise<unknown>;

interface Worlds {
  readonly has: (account: TestAccount) => Promise<string | undefined>;
  /** By what keeps it from being a finding. */
  readonly almost: Readonly<Record<string, Make>>;
}

const DAY_MS = 24 * 3_600_000;

export function days({ twin }: TestAccount, count: number): void {
  (twin.clock as VirtualClock).advance(count * DAY_MS);
}

/** Hourly values from as many days ago, but for the hours at the end. */
function metric(
  { twin }: TestAccount,
  [namespace, name]: readonly [string, string],
  dimensions: Readonly<Record<string, string>>,
  { hourly = 0, since = 30 }: { readonly hourly?: number; readonly since?: number } = {},
): void {
  const from = new Date(twin.clock.now() - since * DAY_MS).toISOString();
  seedMetric(twin.world, { account: ACCOUNT, region: HERE, namespace, metric: name, dimensions, hourly, from });
}

function change(account: TestAccount, kind: string, members: object): void {
  for (const row of rowsOf(account, kind)) Object.assign(row, members);
}

const tagged = ({ send }: TestAccount, id: string, Key: string) =>
  send(EC2Client, new CreateTagsCommand({ Resources: [id], Tags: [{ Key, Value: "one" }] }));

const address = async ({ send }: TestAccount) => (await send(EC2Client, new AllocateAddressCommand({}))).AllocationId;

async function disk({ send }: TestAccount, more: Partial<CreateVolumeCommandInput> = {}): Promise<string> {
  const asked = { AvailabilityZone: "eu-west-1a", Size: 100, ...more };
  return (await send(EC2Client, new CreateVolumeCommand(asked))).VolumeId ?? "";
}

/** A snapshot of a volume that is gone. */
async function snapshot(account: TestAccount, age = 91): Promise<string> {
  const VolumeId = await volume(account);
  const { SnapshotId = "" } = await account.send(EC2Client, new CreateSnapshotCommand({ VolumeId }));
  await account.twin.clock.sleep(60_000);
  await account.send(EC2Client, new DeleteVolumeCommand({ VolumeId }));
  days(account, age);
  return SnapshotId;
}

async function gateway(account: TestAccount): Promise<string> {
  const { subnet } = await defaultNetwork(account);
  const asked = { SubnetId: subnet, AllocationId: await address(account) };
  const made = await account.send(EC2Client, new CreateNatGatewayCommand(asked));
  days(account, 15);
  return made.NatGateway?.NatGatewayId ?? "";
}

const THROUGH = ["AWS/NATGateway", "BytesOutToDestination"] as const;

interface Balanced {
  readonly balancer: string;
  readonly group: string;
  readonly listener: string;
}

/** A load balancer whose listener forwards to an empty target group, unless it is told otherwise. */
async function balanced(
  account: TestAccount,
  { action, age = 15, tags = [] }: { action?: Action; age?: number; tags?: { Key: string; Value: string }[] } = {},
): Promise<Balanced> {
  const { send } = account;
  const asked = { Name: "web", Subnets: ["subnet-0b", "subnet-0a"], ...(tags.length > 0 ? { Tags: tags } : {}) };
  const { LoadBalancers } = await send(ELB, new CreateLoadBalancerCommand(asked));
  const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn ?? "";
  const groups = new CreateTargetGroupCommand({ Name: "web", Protocol: "HTTP", Port: 80, VpcId: "vpc-0a" });
  const group = (await send(ELB, groups)).TargetGroups?.[0]?.TargetGroupArn ?? "";
  const DefaultActions = [action ?? { Type: "forward" as const, TargetGroupArn: group }];
  const listening = new CreateListenerCommand({ LoadBalancerArn, Protocol: "HTTP", Port: 80, DefaultActions });
  const listener = (await send(ELB, listening)).Listeners?.[0]?.ListenerArn ?? "";
  days(account, age);
  return { balancer: LoadBalancerArn, group, listener };
}

const MOVED: Action = { Type: "redirect", RedirectConfig: { StatusCode: "HTTP_301", Host: "example.com" } };

async function stopped(account: TestAccount, age = 30): Promise<string> {
  const { subnet } = await ownNetwork(account);
  const id = await launched(account, { SubnetId: subnet });
  await account.twin.clock.sleep(120_000);
  await account.send(EC2Client, new StopInstancesCommand({ InstanceIds: [id] }));
  await account.twin.clock.sleep(600_000);
  days(account, age);
  return id;
}

async function database(account: TestAccount, more: object = {}): Promise<string> {
  const settings = { Engine: "postgres", DBInstanceClass: "db.m6g.large", MasterUserPassword: "correct horse" };
  const asked = { DBInstanceIdentifier: "orders", AllocatedStorage: 100, ...settings, ...more };
  await account.send(RDSClient, new CreateDBInstanceCommand(asked));
  await account.twin.clock.sleep(3_600_000);
  days(account, 15);
  return "orders";
}

const CONNECTIONS = ["AWS/RDS", "DatabaseConnections"] as const;
const ORDERS = { DBInstanceIdentifier: "orders" };

async function table(account: TestAccount, more: Partial<CreateTableCommandInput> = {}): Promise<string> {
  const asked = {
    TableName: "carts",
    BillingMode: "PROVISIONED" as const,
    ProvisionedThroughput: { ReadCapacityUnits: 50, WriteCapacityUnits: 20 },
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" as const }],
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" as const }],
    ...more,
  };
  await account.send(DynamoDBClient, new CreateTableCommand(asked));
  await account.twin.clock.sleep(60_000);
  days(account, 15);
  return "carts";
}

function used(account: TestAccount, [read, write]: readonly [number, number]): void {
  const dimensions = { TableName: "carts" };
  metric(account, ["AWS/DynamoDB", "ConsumedReadCapacityUnits"], dimensions, { hourly: read });
  metric(account, ["AWS/DynamoDB", "ConsumedWriteCapacityUnits"], dimensions, { hourly: write });
}

async function key(account: TestAccount, { disable = true, age = 30 } = {}): Promise<string> {
  const KeyId = (await account.send(KMSClient, new CreateKeyCommand({}))).KeyMetadata?.KeyId ?? "";
  if (disable) await account.send(KMSClient, new DisableKeyCommand({ KeyId }));
  days(account, age);
  return KeyId;
}

async function secret({ send }: TestAccount): Promise<string> {
  await send(SecretsManagerClient, new CreateSecretCommand({ Name: "orders/db", SecretString: "correct horse" }));
  return "orders/db";
}

const readIt = ({ send }: TestAccount) =>
  send(SecretsManagerClient, new GetSecretValueCommand({ SecretId: "orders/db" }));

async function logs(account: TestAccount, storedBytes = 50 * 2 ** 30): Promise<string> {
  await account.send(CloudWatchLogsClient, new CreateLogGroupCommand({ logGroupName: "/orders" }));
  for (const row of rowsOf(account, "logs.log-group")) Object.assign(row.group as object, { storedBytes });
  return "/orders";
}

/** Of each rule a world that has it and some that almost have it. */
export const WORLDS: Readonly<Record<string, Worlds>> = {
  "unattached-address": {
    has: address,
    almost: {
      "is associated with an instance": async (account) => {
        const { subnet } = await ownNetwork(account);
        const InstanceId = await launched(account, { SubnetId: subnet });
        await account.twin.clock.sleep(60_000);
        const AllocationId = await address(account);
        await account.send(EC2Client, new AssociateAddressCommand({ AllocationId, InstanceId }));
      },
      "is of an own range, which costs nothing": async (account) => {
        await address(account);
        change(account, "ec2.address", { PublicIpv4Pool: "ipv4pool-ec2-012345" });
      },
      "is managed by a service": async (account) => {
        await address(account);
        change(account, "ec2.address", { ServiceManaged: "alb" });
      },
    },
  },
  "unattached-volume": {
    has: async (account) => {
      const id = await disk(account);
      days(account, 14);
      return id;
    },
    almost: {
      "is one day too young": async (account) => {
        await disk(account);
        days(account, 13);
      },
      "is attached": async (account) => {
        const { subnet } = await ownNetwork(account);
        const InstanceId = await launched(account, { SubnetId: subnet });
        await account.twin.clock.sleep(120_000);
        const VolumeId = await disk(account);
        await account.send(EC2Client, new AttachVolumeCommand({ VolumeId, InstanceId, Device: "/dev/sdf" }));
        days(account, 14);
      },
      "is one that Kubernetes has made": async (account) => {
        await tagged(account, await disk(account), "kubernetes.io/created-for/pvc/name");
        days(account, 14);
      },
      "is managed by a service": async (account) => {
        await disk(account);
        change(account, "ec2.volume", { Operator: { Managed: true, Principal: "eks.amazonaws.com" } });
        days(account, 14);
      },
    },
  },
  "old-snapshot": {
    has: snapshot,
    almost: {
      "is one day too young": (account) => snapshot(account, 89),
      "has its volume": async (account) => {
        const VolumeId = await volume(account);
        await account.send(EC2Client, new CreateSnapshotCommand({ VolumeId }));
        await account.twin.clock.sleep(60_000);
        days(account, 91);
      },
      "is what an image is made of": async (account) => {
        const SnapshotId = await snapshot(account);
        const image = { Name: "golden", BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { SnapshotId } }] };
        await account.send(EC2Client, new RegisterImageCommand(image));
      },
      "is named by a launch template": async (account) => {
        const SnapshotId = await snapshot(account);
        const LaunchTemplateData = { BlockDeviceMappings: [{ DeviceName: "/dev/sdf", Ebs: { SnapshotId } }] };
        const asked = { LaunchTemplateName: "web", LaunchTemplateData };
        await account.send(EC2Client, new CreateLaunchTemplateCommand(asked));
      },
      "is a copy, whose volume id means nothing": async (account) => {
        await snapshot(account);
        change(account, "ec2.snapshot", { VolumeId: "vol-ffffffff" });
      },
      "says that it is a copy": async (account) => {
        await snapshot(account);
        change(account, "ec2.snapshot", { Description: "[Copied snap-0123456789abcdef0 from us-east-1] nightly" });
      },
      "is public": async (account) => {
        const SnapshotId = await snapshot(account);
        const CreateVolumePermission = { Add: [{ Group: "all" as const }] };
        await account.send(EC2Client, new ModifySnapshotAttributeCommand({ SnapshotId, CreateVolumePermission }));
      },
      "is a recovery point of AWS Backup": async (account) => {
        await snapshot(account);
        change(account, "ec2.snapshot", { Tags: [{ Key: "aws:backup:source-resource", Value: "vol-0a" }] });
      },
    },
  },
  "stopped-instance": {
    has: (account) => stopped(account),
    almost: {
      "is stopped for a day less": (account) => stopped(account, 29),
      runs: async (account) => {
        const { subnet } = await ownNetwork(account);
        await launched(account, { SubnetId: subnet });
        days(account, 31);
      },
      "waits in a warm pool": async (account) => {
        await stopped(account);
        change(account, "ec2.instance", { Tags: [{ Key: "aws:autoscaling:groupName", Value: "web" }] });
      },
      "has a volume that another instance uses, too": async (account) => {
        const id = await stopped(account);
        for (const row of rowsOf(account, "ec2.volume"))
          row.Attachments = [id, "i-0123456789abcdef0"].map((InstanceId) => ({ InstanceId, State: "attached" }));
      },
      "does not tell since when": async (account) => {
        await stopped(account);
        change(account, "ec2.instance", { StateTransitionReason: "" });
      },
    },
  },
  "idle-nat-gateway": {
    has: async (account) => {
      const id = await gateway(account);
      metric(account, THROUGH, { NatGatewayId: id });
      return id;
    },
    almost: {
      "has had one byte": async (account) => {
        const id = await gateway(account);
        metric(account, THROUGH, { NatGatewayId: id }, { hourly: 1 / 256 });
      },
      "has no data of an hour": async (account) => {
        const id = await gateway(account);
        metric(account, THROUGH, { NatGatewayId: id }, { since: 13.9 });
      },
      "has no data": gateway,
      "is younger than a fortnight": async (account) => {
        const id = await gateway(account);
        change(account, "ec2.nat-gateway", {
          CreateTime: new Date(account.twin.clock.now() - 13 * DAY_MS).toISOString(),
        });
        metric(account, THROUGH, { NatGatewayId: id });
      },
    },
  },
  "load-balancer-without-targets": {
    has: async (account) => (await balanced(account)).balancer,
    almost: {
      "is one day too young": (account) => balanced(account, { age: 13 }),
      "has one target": async (account) => {
        const { group } = await balanced(account);
        const Targets = [{ Id: "10.0.0.1" }];
        await account.send(ELB, new RegisterTargetsCommand({ TargetGroupArn: group, Targets }));
      },
      "redirects by itself": (account) => balanced(account, { action: MOVED }),
      "answers by itself in one rule": async (account) => {
        const { listener } = await balanced(account);
        const Conditions = [{ Field: "path-pattern", Values: ["/health"] }];
        const Actions = [{ Type: "fixed-response" as const, FixedResponseConfig: { StatusCode: "200" } }];
        const asked = { ListenerArn: listener, Priority: 1, Conditions, Actions };
        await account.send(ELB, new CreateRuleCommand(asked));
      },
      "has an Auto Scaling group that is at zero": async (account) => {
        const { group } = await balanced(account);
        const asked = { AutoScalingGroupName: "web", MinSize: 0, MaxSize: 4, DesiredCapacity: 0 };
        const LaunchTemplate = { LaunchTemplateName: "web" };
        const LaunchTemplateData = { ImageId: "ami-0123456789abcdef0", InstanceType: "t3.micro" as const };
        const template = { LaunchTemplateName: "web", LaunchTemplateData };
        await account.send(EC2Client, new CreateLaunchTemplateCommand(template));
        const { subnet } = await ownNetwork(account);
        const more = { LaunchTemplate, VPCZoneIdentifier: subnet, TargetGroupARNs: [group] };
        await account.send(AutoScalingClient, new CreateAutoScalingGroupCommand({ ...asked, ...more }));
      },
      "is one that Kubernetes has made": (account) =>
        balanced(account, { tags: [{ Key: "elbv2.k8s.aws/cluster", Value: "shop" }] }),
    },
  },
  "idle-database": {
    has: async (account) => {
      const id = await database(account);
      metric(account, CONNECTIONS, ORDERS);
      return id;
    },
    almost: {
      "had one connection": async (account) => {
        await database(account);
        metric(account, CONNECTIONS, ORDERS, { hourly: 1 });
      },
      "has no data of an hour, in which it may have been stopped": async (account) => {
        await database(account);
        metric(account, CONNECTIONS, ORDERS, { since: 13.9 });
      },
      "is a member of a cluster that is used": async (account) => {
        const cluster = { DBClusterIdentifier: "shop" };
        const made = { ...cluster, Engine: "aurora-postgresql", MasterUsername: "shop" };
        await account.send(RDSClient, new CreateDBClusterCommand(made));
        await database(account, { ...cluster, Engine: "aurora-postgresql", AllocatedStorage: undefined });
        metric(account, CONNECTIONS, ORDERS);
        metric(account, CONNECTIONS, cluster, { hourly: 3 });
      },
      "is a replica, which stands by": async (account) => {
        await database(account);
        change(account, "rds.db-instance", { ReadReplicaSourceDBInstanceIdentifier: "shop" });
        metric(account, CONNECTIONS, ORDERS);
      },
      "has a replica that reads it": async (account) => {
        await database(account);
        change(account, "rds.db-instance", { ReadReplicaDBInstanceIdentifiers: ["shop-2"] });
        metric(account, CONNECTIONS, ORDERS);
      },
      "is a member of a global database": async (account) => {
        const cluster = { DBClusterIdentifier: "shop" };
        const made = { ...cluster, Engine: "aurora-postgresql", MasterUsername: "shop" };
        await account.send(RDSClient, new CreateDBClusterCommand({ ...made, GlobalClusterIdentifier: "world" }));
        await database(account, { ...cluster, Engine: "aurora-postgresql", AllocatedStorage: undefined });
        metric(account, CONNECTIONS, cluster);
      },
      "does not run": async (account) => {
        await database(account);
        change(account, "rds.db-instance", { DBInstanceStatus: "stopped" });
        metric(account, CONNECTIONS, ORDERS);
      },
    },
  },
  "idle-table": {
    has: async (account) => {
      const id = await table(account);
      used(account, [0, 0]);
      return id;
    },
    almost: {
      "has been read once": async (account) => {
        await table(account);
        used(account, [1 / 512, 0]);
      },
      "is on demand": async (account) => {
        await table(account, { BillingMode: "PAY_PER_REQUEST", ProvisionedThroughput: undefined });
        used(account, [0, 0]);
      },
      "has an index, whose reads are not the table's": async (account) => {
        const index = {
          IndexName: "by-id",
          KeySchema: [{ AttributeName: "id", KeyType: "HASH" as const }],
          Projection: { ProjectionType: "ALL" as const },
          ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
        };
        await table(account, { GlobalSecondaryIndexes: [index] });
        used(account, [0, 0]);
      },
    },
  },
  "disabled-key": {
    has: (account) => key(account),
    almost: {
      "is enabled": (account) => key(account, { disable: false }),
      "is one day too young": (account) => key(account, { age: 29 }),
    },
  },
  "unread-secret": {
    has: async (account) => {
      const id = await secret(account);
      await readIt(account);
      days(account, 91);
      return id;
    },
    almost: {
      "has been read a day later": async (account) => {
        await secret(account);
        days(account, 1);
        await readIt(account);
        days(account, 90);
      },
      "was never read and is one day too young": async (account) => {
        await secret(account);
        days(account, 89);
      },
      "has a replica that may be read": async (account) => {
        const SecretId = await secret(account);
        const AddReplicaRegions = [{ Region: "us-east-1" }];
        const asked = { SecretId, AddReplicaRegions };
        await account.send(SecretsManagerClient, new ReplicateSecretToRegionsCommand(asked));
        days(account, 91);
      },
      "belongs to a service": async (account) => {
        await secret(account);
        for (const row of rowsOf(account, "secretsmanager.secret"))
          Object.assign(row.secret as object, { OwningService: "rds" });
        days(account, 91);
      },
    },
  },
  "never-expiring-logs": {
    has: (account) => logs(account),
    almost: {
      "has a retention of ten years": async (account) => {
        const logGroupName = await logs(account);
        const asked = { logGroupName, retentionInDays: 3653 };
        await account.send(CloudWatchLogsClient, new PutRetentionPolicyCommand(asked));
      },
      "stores nothing": (account) => logs(account, 0),
    },
  },
  "gp2-volume": {
    has: (account) => disk(account, { VolumeType: "gp2" }),
    almost: {
      "is a gp3 volume": (account) => disk(account, { VolumeType: "gp3" }),
      "would cost more with the throughput that it has": (account) => disk(account, { VolumeType: "gp2", Size: 200 }),
      "is a service's, which alone may change it": async (account) => {
        await disk(account, { VolumeType: "gp2" });
        change(account, "ec2.volume", { Operator: { Managed: true, Principal: "eks.amazonaws.com" } });
      },
      "is in a Local Zone": async (account) => {
        await disk(account, { VolumeType: "gp2" });
        change(account, "ec2.volume", { AvailabilityZone: "eu-west-1-dub-1a" });
      },
    },
  },
};
