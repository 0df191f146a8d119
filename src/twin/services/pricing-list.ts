/*
 * A small price list in the likeness of AWS's: real products with their real attributes, at prices near the real ones.
 * One row a product; its prices stand in the order of REGIONS, an empty one where it is not sold.
 */

/** Regions with the letters that their usage types begin with. */
export const REGIONS = {
  "us-east-1": "",
  "us-west-2": "USW2-",
  "eu-west-1": "EU-",
  "eu-central-1": "EUC1-",
  "ap-southeast-2": "APS2-",
} as const;

/** A step of a tiered price: from so many units on. */
export type Tier = readonly [from: string, price: string];

export interface ListedProduct {
  readonly service: string;
  readonly family?: string;
  readonly usage: string;
  readonly unit: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** By region, in the order of REGIONS; a list of tiers where the price has steps. */
  readonly prices: readonly (string | readonly Tier[])[];
}

const everywhere = (price: string) => Object.keys(REGIONS).map(() => price);

/** An instance type as it is sold on demand, and as it is billed when a reservation for it lies idle. */
function instance(type: string, prices: readonly string[], operation = "RunInstances"): ListedProduct[] {
  const system = operation === "RunInstances" ? "Linux" : "Windows";
  const attributes = {
    instanceType: type,
    operation,
    operatingSystem: system,
    tenancy: "Shared",
    preInstalledSw: "NA",
    marketoption: "OnDemand",
  };
  const row = { service: "AmazonEC2", family: "Compute Instance", unit: "Hrs", prices };
  return [
    { ...row, usage: `BoxUsage:${type}`, attributes: { ...attributes, capacitystatus: "Used" } },
    { ...row, usage: `UnusedBox:${type}`, attributes: { ...attributes, capacitystatus: "UnusedCapacityReservation" } },
    {
      ...row,
      usage: `BoxUsage:${type}`,
      attributes: { ...attributes, capacitystatus: "Used", tenancy: "Dedicated" },
      prices: prices.map((price) => `${price}9`),
    },
  ];
}

/** What Fargate bills a task for, on either kind of processor. */
const fargate = (usage: string, x86: string, arm: string): ListedProduct[] =>
  [`Fargate-${usage}`, `Fargate-ARM-${usage}`].map((name, at) => {
    const prices = everywhere(at === 0 ? x86 : arm);
    return { service: "AmazonECS", family: "Compute", usage: name, unit: "hours", prices };
  });

const volume = (
  volumeApiName: string,
  usage: string,
  unit: string,
  prices: readonly string[],
  family = "Storage",
): ListedProduct => ({
  service: "AmazonEC2",
  family,
  usage: `EBS:${usage}`,
  unit,
  attributes: { volumeApiName },
  prices,
});

const database = (
  type: string,
  databaseEngine: string,
  prices: readonly string[],
  usage = "InstanceUsage",
): ListedProduct => ({
  service: "AmazonRDS",
  family: "Database Instance",
  usage: `${usage}:${type}`,
  unit: "Hrs",
  attributes: {
    instanceType: type,
    databaseEngine,
    deploymentOption: usage.startsWith("Multi") ? "Multi-AZ" : "Single-AZ",
    licenseModel: "No license required",
  },
  prices,
});

const databaseStorage = (usage: string, prices: readonly string[]): ListedProduct => ({
  service: "AmazonRDS",
  family: "Database Storage",
  usage: `RDS:${usage}`,
  unit: "GB-Mo",
  attributes: { databaseEngine: "Any" },
  prices,
});

const capacity = (name: string, price: string): ListedProduct => ({
  service: "AmazonDynamoDB",
  family: "Provisioned IOPS",
  usage: `${name}-Hrs`,
  unit: `${name}-Hrs`,
  prices: Object.keys(REGIONS).map(() => [
    ["0", "0.0000000000"],
    ["18600", price],
  ]),
});

const balancer = (kind: string, prices: readonly string[]): ListedProduct[] =>
  ["LoadBalancerUsage", "TS-LoadBalancerUsage"].map((usage) => ({
    service: "AWSELB",
    family: `Load Balancer-${kind}`,
    usage,
    unit: "Hrs",
    attributes: { operation: `LoadBalancing:${kind}` },
    prices,
  }));

const alarm = (usage: string, price: string): ListedProduct => ({
  service: "AmazonCloudWatch",
  family: "Alarm",
  usage: `CW:${usage}`,
  unit: "Alarms",
  prices: everywhere(price),
});

export const PRODUCTS: readonly ListedProduct[] = [
  ...instance("t3.micro", ["0.0104", "0.0104", "0.0114", "0.0120", "0.0132"]),
  ...instance("m6i.large", ["0.0960", "0.0960", "0.1070", "0.1150", "0.1200"]),
  ...instance("m6i.large", ["0.1880", "0.1880", "0.1990", "0.2070", "0.2120"], "RunInstances:0002"),
  ...instance("c6i.xlarge", ["0.1700", "0.1700", "0.1824", "0.1940", "0.2220"]),
  ...instance("c6i.24xlarge", ["4.0800", "4.0800", "4.3776", "4.6560", "5.3280"]),
  // Two products that nothing in the question tells apart.
  ...instance("m5.large", ["0.0960", "0.0960", "0.1070", "0.1150", "0.1200"]),
  ...instance("m5.large", ["0.1060", "0.1060", "0.1170", "0.1250", "0.1300"]),
  ...fargate("vCPU-Hours:perCPU", "0.04048", "0.03238"),
  ...fargate("GB-Hours", "0.004445", "0.003560"),
  volume("gp2", "VolumeUsage.gp2", "GB-Mo", ["0.1000", "0.1000", "0.1100", "0.1190", "0.1200"]),
  volume("gp3", "VolumeUsage.gp3", "GB-Mo", ["0.0800", "0.0800", "0.0880", "0.0952", "0.0960"]),
  volume("gp3", "VolumeP-IOPS.gp3", "IOPS-Mo", ["0.0050", "0.0050", "0.0055", "0.0060", "0.0060"], "System Operation"),
  volume(
    "gp3",
    "VolumeP-Throughput.gp3",
    "GiBps-mo",
    ["40.9600", "40.9600", "45.0600", "48.7400", "49.1500"],
    "Provisioned Throughput",
  ),
  { service: "AmazonVPC", usage: "PublicIPv4:InUseAddress", unit: "Hrs", prices: everywhere("0.0050") },
  { service: "AmazonVPC", usage: "PublicIPv4:IdleAddress", unit: "Hrs", prices: everywhere("0.0050") },
  {
    service: "AmazonVPC",
    family: "VpcEndpoint",
    usage: "VpcEndpoint-Hours",
    unit: "Hrs",
    attributes: { endpointType: "PrivateLink" },
    prices: ["0.0100", "0.0100", "0.0110", "0.0120", "0.0130"],
  },
  {
    service: "AmazonEC2",
    family: "NAT Gateway",
    usage: "NatGateway-Hours",
    unit: "Hrs",
    attributes: { operation: "NatGateway" },
    prices: ["0.0450", "0.0450", "0.0480", "0.0520", "0.0590"],
  },
  ...balancer("Application", ["0.0225", "0.0225", "0.0252", "0.0270", "0.0252"]),
  ...balancer("Network", ["0.0225", "0.0225", "0.0252", "0.0270", "0.0252"]),
  database("db.m6g.large", "PostgreSQL", ["0.1590", "0.1590", "0.1750", "0.1860", "0.2120"]),
  database("db.m6g.large", "PostgreSQL", ["0.3180", "0.3180", "0.3500", "0.3720", "0.4240"], "Multi-AZUsage"),
  database("db.m6g.large", "MySQL", ["0.1520", "0.1520", "0.1680", "0.1790", "0.2040"]),
  database("db.r6g.large", "Aurora PostgreSQL", ["0.2600", "0.2600", "0.2930", "0.3130", "0.3120"]),
  databaseStorage("GP2-Storage", ["0.1150", "0.1150", "0.1270", "0.1370", "0.1380"]),
  databaseStorage("Multi-AZ-GP2-Storage", ["0.2300", "0.2300", "0.2540", "0.2740", "0.2760"]),
  {
    service: "AmazonKinesis",
    family: "Kinesis Streams",
    usage: "Storage-ShardHour",
    unit: "ShardHour",
    prices: ["0.0150", "0.0150", "0.0170", "0.0180", "0.0190"],
  },
  {
    service: "AmazonKinesis",
    family: "Kinesis Streams",
    usage: "OnDemand-StreamHour",
    unit: "StreamHour",
    prices: ["0.0400", "0.0400", "0.0440", "0.0480", "0.0500"],
  },
  capacity("ReadCapacityUnit", "0.0001300000"),
  capacity("WriteCapacityUnit", "0.0006500000"),
  {
    service: "AmazonSageMaker",
    family: "ML Instance",
    usage: "Host:ml.m5.large",
    unit: "Hrs",
    attributes: { instanceName: "ml.m5.large", component: "Hosting" },
    prices: ["0.1150", "0.1150", "0.1280", "0.1380", "0.1440"],
  },
  {
    service: "AmazonSageMaker",
    family: "ML Instance",
    usage: "Notebk:ml.t3.medium",
    unit: "Hrs",
    attributes: { instanceName: "ml.t3.medium", component: "Notebook" },
    prices: ["0.0500", "0.0500", "0.0550", "0.0580", "0.0640"],
  },
  {
    service: "AmazonSageMaker",
    family: "Storage",
    usage: "Notebk:VolumeUsage.gp2",
    unit: "GB-Mo",
    prices: ["0.1400", "0.1400", "0.1540", "0.1670", "0.1680"],
  },
  {
    service: "AmazonEKS",
    family: "Compute",
    usage: "AmazonEKS-Hours:perCluster",
    unit: "Hours",
    attributes: { operation: "CreateOperation" },
    prices: everywhere("0.1000"),
  },
  {
    service: "AWSDatabaseMigrationSvc",
    family: "Replication Server",
    usage: "InstanceUsg:dms.t3.medium",
    unit: "Hrs",
    prices: ["0.0730", "0.0730", "0.0790", "0.0840", "0.0960"],
  },
  {
    service: "AWSDatabaseMigrationSvc",
    family: "Replication Server",
    usage: "Multi-AZUsg:dms.t3.medium",
    unit: "Hrs",
    prices: ["0.1460", "0.1460", "0.1580", "0.1680", "0.1920"],
  },
  {
    service: "AWSLambda",
    family: "Serverless",
    usage: "Lambda-Provisioned-Concurrency",
    unit: "Lambda-GB-Second",
    prices: everywhere("0.0000041667"),
  },
  {
    service: "AWSLambda",
    family: "Serverless",
    usage: "Lambda-Provisioned-Concurrency-ARM",
    unit: "Lambda-GB-Second",
    prices: everywhere("0.0000033334"),
  },
  {
    service: "AmazonCloudWatch",
    family: "Storage Snapshot",
    usage: "TimedStorage-ByteHrs",
    unit: "GB-Mo",
    prices: ["0.0300", "0.0300", "0.0300", "0.0324", "0.0330"],
  },
  alarm("AlarmMonitorUsage", "0.1000"),
  alarm("HighResAlarmMonitorUsage", "0.3000"),
  alarm("CompositeAlarmMonitorUsage", "0.5000"),
  { service: "awskms", family: "Encryption Key", usage: "KMS-Keys", unit: "Keys", prices: everywhere("1.0000") },
  {
    service: "AWSSecretsManager",
    family: "Secret",
    usage: "AWSSecretsManager-Secrets",
    unit: "Secrets",
    prices: everywhere("0.4000"),
  },
];
