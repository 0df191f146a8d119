import type { JsonObject } from "../../model/json.ts";
import { seedMetric } from "../metrics.ts";
import type { World } from "../world.ts";

/** What the rows of a kind use in every hour. */
interface Usage {
  readonly kind: string;
  readonly namespace: string;
  readonly metrics: Readonly<Record<string, number>>;
  /** By the row's key. */
  readonly dimensions: (key: string) => Readonly<Record<string, string>>;
}

const named = (dimension: string) => (key: string) => ({ [dimension]: key });

/** What is in use is so in every hour. Nobody has ever called the functions or the endpoint: of them there is no data. */
const USAGE: readonly Usage[] = [
  {
    kind: "ec2.instance",
    namespace: "AWS/EC2",
    metrics: { CPUUtilization: 41, NetworkIn: 90_000_000, NetworkOut: 120_000_000 },
    dimensions: named("InstanceId"),
  },
  {
    kind: "ec2.nat-gateway",
    namespace: "AWS/NATGateway",
    metrics: { BytesOutToDestination: 64_000_000 },
    dimensions: named("NatGatewayId"),
  },
  {
    kind: "elasticloadbalancing.load-balancer",
    namespace: "AWS/ApplicationELB",
    metrics: { RequestCount: 18_000 },
    dimensions: (arn) => ({ LoadBalancer: arn.split(":loadbalancer/")[1] ?? "" }),
  },
  {
    kind: "rds.db-instance",
    namespace: "AWS/RDS",
    metrics: { DatabaseConnections: 12 },
    dimensions: named("DBInstanceIdentifier"),
  },
  {
    kind: "rds.db-cluster",
    namespace: "AWS/RDS",
    metrics: { DatabaseConnections: 0 },
    dimensions: named("DBClusterIdentifier"),
  },
  {
    kind: "dynamodb.table",
    namespace: "AWS/DynamoDB",
    metrics: { ConsumedReadCapacityUnits: 900, ConsumedWriteCapacityUnits: 250 },
    dimensions: named("TableName"),
  },
  {
    kind: "kinesis.stream",
    namespace: "AWS/Kinesis",
    metrics: { IncomingRecords: 5200 },
    dimensions: named("StreamName"),
  },
  {
    kind: "ecs.service",
    namespace: "AWS/ECS",
    metrics: { CPUUtilization: 33, MemoryUtilization: 58 },
    dimensions: (key) => ({ ClusterName: key.split("/")[0] ?? "", ServiceName: key.split("/")[1] ?? "" }),
  },
];

/** Hardly a sign of life: what is called so. */
const QUIET: Readonly<Record<string, number>> = { CPUUtilization: 1, NetworkIn: 60_000, NetworkOut: 40_000 };
const isQuiet = ({ Tags }: JsonObject) => JSON.stringify(Tags ?? []).includes('"Value":"bastion"');

/** Gives an account's resources the metrics that AWS publishes of them. The bastion has been idle all the time. */
export function metrics(world: World, account: string): void {
  for (const [region, kinds] of Object.entries(world.accounts[account]?.regions ?? {}))
    for (const { kind, namespace, metrics: values, dimensions } of USAGE)
      for (const [key, row] of Object.entries(kinds[kind] ?? {}))
        for (const [metric, busy] of Object.entries(values))
          seedMetric(world, {
            ...{ account, region, namespace, metric, dimensions: dimensions(key) },
            hourly: isQuiet(row) ? (QUIET[metric] ?? busy) : busy,
            from: world.startedAt,
          });
}
