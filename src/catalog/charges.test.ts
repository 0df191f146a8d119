import { describe, expect, it } from "vitest";
import type { JsonObject } from "../model/json.ts";
import type { ResourceType, ScannedResource } from "../model/resource.ts";
import type { Charge } from "./charges.ts";
import { loadEntry } from "./registry.ts";

interface Seen {
  readonly configuration: JsonObject;
  readonly observed?: JsonObject;
  readonly state?: string;
  /** What its pause captured. */
  readonly saved?: JsonObject;
}

async function chargesOf(type: ResourceType, { saved, ...seen }: Seen): Promise<readonly Charge[]> {
  const resource = { type, id: "one", region: "eu-west-1", observed: {}, links: [], tags: {}, ...seen };
  const state = saved && { phase: "running" as const, saved, words: "running" };
  return (await loadEntry(type)).charges?.(resource as unknown as ScannedResource, state) ?? [];
}

/** A charge as a line: `compute, stops` or `storage: 100 month` or `compute? reason`. */
function line(charge: Charge): string {
  if ("includes" in charge) return `${charge.part} ${charge.includes.ids.join(",")}`;
  const goes = charge.stops ? "stops" : "stays";
  if ("unpriced" in charge) return `${charge.part}? ${goes}: ${charge.unpriced}`;
  return `${charge.part} ${goes} ${charge.units}/${charge.per}${charge.price.usage ? ` ${charge.price.usage}` : ""}`;
}

async function lines(type: ResourceType, seen: Seen): Promise<string[]> {
  return (await chargesOf(type, seen)).map(line);
}

const INSTANCE = {
  InstanceType: "m5.large",
  UsageOperation: "RunInstances:0002",
  Placement: { Tenancy: "default", AvailabilityZone: "eu-west-1a" },
};
const running = (more: JsonObject = {}, observed: JsonObject = {}) =>
  lines("AWS::EC2::Instance", { configuration: { ...INSTANCE, ...more }, observed, state: "running" });

describe("an EC2 instance", () => {
  it("is looked up by type, usage operation and tenancy, as it is used and sold on demand", async () => {
    const [compute] = await chargesOf("AWS::EC2::Instance", { configuration: INSTANCE, state: "running" });

    expect(compute).toMatchObject({
      stops: true,
      price: {
        serviceCode: "AmazonEC2",
        filters: {
          instanceType: "m5.large",
          operation: "RunInstances:0002",
          tenancy: "Shared",
          capacitystatus: "Used",
          marketoption: "OnDemand",
        },
      },
      reservable: { kind: "ec2", type: "m5.large" },
    });
  });

  it("has no compute while it is stopped, and its volumes all the same", async () => {
    const configuration = { ...INSTANCE, BlockDeviceMappings: [{ Ebs: { VolumeId: "vol-1" } }] };

    expect(await lines("AWS::EC2::Instance", { configuration, state: "stopped" })).toEqual(["EBS volumes vol-1"]);
  });

  it("has no price that is known on the Spot market, on a Dedicated Host or in a Local Zone", async () => {
    expect(await running({ InstanceLifecycle: "spot" })).toEqual([expect.stringMatching(/^compute\? stops: .*Spot/)]);
    const host = { Placement: { ...INSTANCE.Placement, Tenancy: "host" } };
    expect(await running(host)).toEqual([expect.stringMatching(/^compute\? stays: .*Dedicated Host/)]);
    const local = { Placement: { ...INSTANCE.Placement, AvailabilityZone: "eu-west-1-lhr-1a" } };
    expect(await running(local)).toEqual([expect.stringMatching(/Local/)]);
    expect(await running({ UsageOperation: "" })).toEqual([expect.stringMatching(/^compute\?/)]);
  });

  it("saves nothing in a capacity reservation, which is billed on", async () => {
    expect(await running({}, { CapacityReservationId: "cr-1" })).toEqual(["compute stays 1/hour"]);
  });

  it("gives back the address that AWS lent it; an Elastic IP address is counted by itself", async () => {
    const address = "public IPv4 address stops 1/hour PublicIPv4:InUseAddress";
    expect(await running({}, { "NetworkInterfaces[0].Association": { IpOwnerId: "amazon" } })).toContain(address);
    expect(await running({}, { "NetworkInterfaces[0].Association": { IpOwnerId: "111111111111" } })).toHaveLength(1);
  });
});

describe("a volume", () => {
  const volume = (configuration: JsonObject) => lines("AWS::EC2::Volume", { configuration });

  it("costs its size, and what it has above what comes with it", async () => {
    expect(await volume({ VolumeType: "gp3", Size: 100, Iops: 3000, Throughput: 125 })).toEqual([
      "storage stays 100/month EBS:VolumeUsage.gp3",
    ]);
    expect(await volume({ VolumeType: "gp3", Size: 100, Iops: 4000, Throughput: 253 })).toEqual([
      "storage stays 100/month EBS:VolumeUsage.gp3",
      "provisioned IOPS stays 1000/month EBS:VolumeP-IOPS.gp3",
      "provisioned throughput stays 0.125/month EBS:VolumeP-Throughput.gp3",
    ]);
    expect(await volume({ VolumeType: "gp2", Size: 100, Iops: 300 })).toHaveLength(1);
    expect(await volume({ VolumeType: "io1", Size: 10, Iops: 500 })).toContain(
      "provisioned IOPS stays 500/month EBS:VolumeP-IOPS.piops",
    );
  });

  it("is unpriced where its price has tiers or its kind is new, and its size is not hidden by that", async () => {
    const [size, iops] = await volume({ VolumeType: "io2", Size: 10, Iops: 40_000 });

    expect(size).toMatch(/^storage stays 10/);
    expect(iops).toMatch(/^provisioned IOPS\?/);
    expect(await volume({ VolumeType: "gp9", Size: 10 })).toEqual([expect.stringMatching(/^storage\?/)]);
  });
});

describe("addresses and endpoints", () => {
  it("cost in use and idle, but for an address of one's own", async () => {
    const eip = (configuration: JsonObject) => lines("AWS::EC2::EIP", { configuration });

    expect(await eip({ PublicIpv4Pool: "amazon", AssociationId: "a" })).toEqual([
      expect.stringContaining("InUseAddress"),
    ]);
    expect(await eip({ PublicIpv4Pool: "amazon" })).toEqual([expect.stringContaining("IdleAddress")]);
    expect(await eip({ PublicIpv4Pool: "ipv4pool-ec2-1" })).toEqual([]);
  });

  it("cost in each zone; gateway endpoints nothing", async () => {
    const endpoint = (configuration: JsonObject) => lines("AWS::EC2::VPCEndpoint", { configuration });

    expect(await endpoint({ VpcEndpointType: "Interface", SubnetIds: ["a", "b"] })).toContain(
      "endpoint stays 2/hour VpcEndpoint-Hours",
    );
    expect(await endpoint({ VpcEndpointType: "Gateway" })).toEqual([]);
    expect(await endpoint({ VpcEndpointType: "GatewayLoadBalancer" })).toEqual([expect.stringMatching(/^endpoint\?/)]);
  });
});

describe("a database", () => {
  const database = (more: JsonObject, state = "available") =>
    lines("AWS::RDS::DBInstance", {
      configuration: {
        DBInstanceClass: "db.m6g.large",
        Engine: "postgres",
        AllocatedStorage: 100,
        StorageType: "gp2",
        ...more,
      },
      state,
    });

  it("costs double in two zones", async () => {
    expect(await database({ MultiAZ: true })).toEqual([
      "compute stops 1/hour Multi-AZUsage:db.m6g.large",
      "storage stays 100/month RDS:Multi-AZ-GP2-Storage",
      expect.stringMatching(/^backups\?/),
    ]);
  });

  it("keeps its storage while it is stopped", async () => {
    expect(await database({}, "stopped")).toEqual([
      "storage stays 100/month RDS:GP2-Storage",
      expect.stringMatching(/^backups\?/),
    ]);
  });

  it("is asked for with its licence where it is sold with and without", async () => {
    const configuration = { DBInstanceClass: "db.m5.large", Engine: "sqlserver-se", LicenseModel: "license-included" };
    const [compute] = await chargesOf("AWS::RDS::DBInstance", { configuration, state: "available" });

    expect(compute).toMatchObject({
      price: {
        filters: { databaseEngine: "SQL Server", databaseEdition: "Standard", licenseModel: "License included" },
      },
    });
    expect(await database({ Engine: "oracle-ee", LicenseModel: "odd" })).toEqual(
      expect.arrayContaining([expect.stringMatching(/^compute\?/), expect.stringMatching(/^storage stays/)]),
    );
  });

  it("has no price by the hour when it is serverless, and no storage of its own in a cluster", async () => {
    expect(
      await database({ DBInstanceClass: "db.serverless", Engine: "aurora-mysql", DBClusterIdentifier: "c" }),
    ).toEqual([expect.stringMatching(/^compute\? stops: serverless/)]);
    expect(await database({ DBClusterIdentifier: "c" })).toEqual([
      expect.stringMatching(/^compute\? .*Multi-AZ DB cluster/),
    ]);
  });
});

describe("what is paused by less", () => {
  it("leaves a stream one shard", async () => {
    const stream = (configuration: JsonObject) => lines("AWS::Kinesis::Stream", { configuration });

    expect(await stream({ OpenShardCount: 4 })).toEqual([
      "last shard stays 1/hour Storage-ShardHour",
      "shards stops 3/hour Storage-ShardHour",
      expect.stringMatching(/^data\?/),
    ]);
    expect(await stream({ OpenShardCount: 1 })).toHaveLength(2);
    expect(await stream({ OpenShardCount: 4, StreamModeDetails: { StreamMode: "ON_DEMAND" } })).toContain(
      "stream stays 1/hour OnDemand-StreamHour",
    );
  });

  it("counts a table's indexes with it, and nothing by the hour on demand", async () => {
    const units = { ReadCapacityUnits: 5, WriteCapacityUnits: 2 };
    const configuration = {
      ProvisionedThroughput: units,
      GlobalSecondaryIndexes: [{ ProvisionedThroughput: units }],
      TableClassSummary: { TableClass: "STANDARD_INFREQUENT_ACCESS" },
    };

    expect(await lines("AWS::DynamoDB::Table", { configuration })).toEqual([
      "read capacity stops 10/hour IA-ReadCapacityUnit-Hrs",
      "write capacity stops 4/hour IA-WriteCapacityUnit-Hrs",
      expect.stringMatching(/^requests\? stays/),
    ]);
    const onDemand = { ...configuration, BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" } };
    expect(await lines("AWS::DynamoDB::Table", { configuration: onDemand })).toEqual([
      expect.stringMatching(/^requests\?/),
    ]);
  });

  it("costs a function what is kept warm, and a reservation nothing", async () => {
    const fn = (saved: JsonObject | undefined, configuration: JsonObject = { MemorySize: 512 }) =>
      lines("AWS::Lambda::Function", { configuration, ...(saved ? { saved } : {}) });

    expect(await fn({ reserved: 50, provisioned: {} })).toEqual([]);
    expect(await fn({ reserved: "none", provisioned: { live: 2, beta: 1 } })).toEqual([
      "provisioned concurrency stops 5400/hour Lambda-Provisioned-Concurrency",
    ]);
    expect(await fn({ provisioned: { live: 1 } }, { MemorySize: 1024, Architectures: ["arm64"] })).toEqual([
      "provisioned concurrency stops 3600/hour Lambda-Provisioned-Concurrency-ARM",
    ]);
    expect(await fn(undefined)).toEqual([expect.stringMatching(/^provisioned concurrency\?/)]);
  });
});

describe("a SageMaker notebook instance", () => {
  const notebook = (state: string, configuration: JsonObject = { InstanceType: "ml.t3.medium", VolumeSizeInGB: 50 }) =>
    lines("AWS::SageMaker::NotebookInstance", { configuration, state });
  const STORAGE = "storage stays 50/month Notebk:VolumeUsage.gp2";

  it("costs its instance while there is one, and its volume for good", async () => {
    expect(await notebook("InService")).toEqual(["compute stops 1/hour Notebk:ml.t3.medium", STORAGE]);
    expect(await notebook("Stopping")).toEqual([STORAGE]);
    expect(await notebook("Stopped")).toEqual([STORAGE]);
  });

  it("has no price that is known where it failed, or where AWS does not tell what it is", async () => {
    expect(await notebook("Failed")).toEqual([expect.stringMatching(/^compute\? stops/), STORAGE]);
    expect(await notebook("InService", {})).toEqual([
      expect.stringMatching(/^compute\? stops/),
      expect.stringMatching(/^storage\? stays/),
    ]);
  });
});

describe("an EKS cluster", () => {
  const cluster = (configuration: JsonObject, state = "ACTIVE") =>
    lines("AWS::EKS::Cluster", { configuration: { version: "1.34", ...configuration }, state });
  const STANDARD = { upgradePolicy: { supportType: "STANDARD" } };
  const CONTROL_PLANE = "control plane stays 1/hour AmazonEKS-Hours:perCluster";

  it("costs its control plane by the hour, and what AWS does not tell is said", async () => {
    expect(await cluster(STANDARD)).toEqual([CONTROL_PLANE]);
    expect(await cluster({})).toEqual([CONTROL_PLANE, expect.stringMatching(/^extended support\? stays/)]);
    const dear = { ...STANDARD, controlPlaneScalingConfig: { tier: "tier-xl" }, computeConfig: { enabled: true } };
    expect(await cluster(dear)).toEqual([
      CONTROL_PLANE,
      expect.stringMatching(/^control plane tier\? stays/),
      expect.stringMatching(/^Auto Mode\? stays/),
    ]);
  });

  it("has no price that is known on Outposts or where it failed, and none once it goes", async () => {
    expect(await cluster({ ...STANDARD, outpostConfig: {} })).toEqual([expect.stringMatching(/^control plane\?/)]);
    expect(await cluster(STANDARD, "FAILED")).toEqual([expect.stringMatching(/^control plane\?/)]);
    expect(await cluster(STANDARD, "DELETING")).toEqual([]);
  });
});

describe("what is not told", () => {
  it("is unpriced and never nothing: shards of a stream, where the tasks of a service run", async () => {
    expect(await lines("AWS::Kinesis::Stream", { configuration: {} })).toContainEqual(
      expect.stringMatching(/^shards\? stops/),
    );
    const service = (configuration: JsonObject) => lines("AWS::ECS::Service", { configuration });
    const unpriced = [expect.stringMatching(/^tasks\? stops/)];
    expect(await service({ desiredCount: 2 })).toEqual(unpriced);
    expect(await service({ launchType: "FARGATE" })).toEqual(unpriced);
    expect(await service({ desiredCount: 2, launchType: "FARGATE" })).toEqual(unpriced);
    expect(await service({ desiredCount: 2, launchType: "EC2" })).toEqual([]);
    expect(await service({ desiredCount: 0, launchType: "FARGATE" })).toEqual([]);
  });
});

describe("an App Runner service", () => {
  const service = (state: string, AutoDeploymentsEnabled = false) =>
    lines("AWS::AppRunner::Service", { configuration: { SourceConfiguration: { AutoDeploymentsEnabled } }, state });

  it("costs nothing while it is paused or was never made, but maybe for its automatic deployments", async () => {
    expect(await service("RUNNING")).toEqual([expect.stringMatching(/^compute\? stops/)]);
    expect(await service("PAUSED")).toEqual([]);
    expect(await service("CREATE_FAILED")).toEqual([]);
    expect(await service("PAUSED", true)).toEqual([expect.stringMatching(/^automatic deployments\? stays/)]);
  });
});

describe("what goes on whatever a pause does", () => {
  it("is an alarm, by the metrics that it watches", async () => {
    const alarm = (configuration: JsonObject) => lines("AWS::CloudWatch::Alarm", { configuration });
    const metric = { MetricStat: { Period: 10 } };

    expect(await alarm({ Period: 60 })).toEqual(["alarm stays 1/month CW:AlarmMonitorUsage"]);
    expect(await alarm({ Metrics: [metric, metric, { Expression: "m1 / m2" }] })).toEqual([
      "alarm stays 2/month CW:HighResAlarmMonitorUsage",
    ]);
    expect(await alarm({ Metrics: [{ Expression: "SELECT AVG(x) FROM y" }] })).toEqual([
      expect.stringMatching(/^alarm\?/),
    ]);
  });

  it("is a customer's key until its deletion is scheduled, and never one of AWS's", async () => {
    const key = (KeyManager: string, state: string) => lines("AWS::KMS::Key", { configuration: { KeyManager }, state });

    expect(await key("CUSTOMER", "Disabled")).toEqual(["key stays 1/month KMS-Keys"]);
    expect(await key("CUSTOMER", "PendingDeletion")).toEqual([]);
    expect(await key("AWS", "Enabled")).toEqual([]);
  });

  it("has no price where AWS does not tell how much there is", async () => {
    expect(await lines("AWS::EC2::Snapshot", { configuration: { VolumeSize: 500 } })).toEqual([
      expect.stringMatching(/^storage\? stays/),
    ]);
  });
});

describe("a log group", () => {
  const logs = (configuration: JsonObject, observed: JsonObject = {}) =>
    lines("AWS::Logs::LogGroup", { configuration, observed });
  const INGESTION = "ingestion? stays: it costs by the GB that comes in";

  it("is priced by what it stores, in CloudWatch's gigabytes", async () => {
    expect(await logs({ logGroupClass: "STANDARD" }, { storedBytes: 3 * 2 ** 29 })).toEqual([
      "storage stays 1.5/month TimedStorage-ByteHrs",
      INGESTION,
    ]);
  });

  it("has no price where its size or the price of its class is not known", async () => {
    expect(await logs({})).toEqual(["storage? stays: AWS does not tell how much it stores", INGESTION]);
    expect((await logs({ logGroupClass: "INFREQUENT_ACCESS" }, { storedBytes: 1 }))[0]).toMatch(/prices of their own/);
  });
});
