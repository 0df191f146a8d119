import type { LoadBalancer } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { DBCluster, DBInstance } from "@aws-sdk/client-rds";
import type { Call, Stored } from "../../service.ts";

/*
 * Other services put interfaces of their own into a network: load balancers, databases, functions. The twin keeps no rows
 * of those interfaces; what they hold is read from the rows of whom they serve.
 * Source: EC2 user guide, "Requester-managed network interfaces".
 */

const rowsOf = <Row extends object>(call: Call, table: string) => call.table<Row>(table).all();

const balancers = (call: Call) =>
  rowsOf<{ it: Stored<LoadBalancer> }>(call, "elasticloadbalancing.load-balancer").map(({ it }) => it);

const functionsIn = (call: Call) =>
  rowsOf<{ configuration: Stored<FunctionConfiguration> }>(call, "lambda.function").map(
    ({ configuration }) => configuration.VpcConfig,
  );

/** Whether an interface of another service stands in a security group. */
export function holdsGroup(call: Call, id: string | undefined): boolean {
  const databases = [
    ...rowsOf<Stored<DBInstance>>(call, "rds.db-instance"),
    ...rowsOf<Stored<DBCluster>>(call, "rds.db-cluster"),
  ];
  return [
    ...balancers(call).flatMap(({ SecurityGroups }) => SecurityGroups),
    ...functionsIn(call).flatMap((network) => network?.SecurityGroupIds),
    ...databases.flatMap((row) => row.VpcSecurityGroups?.map((group) => group.VpcSecurityGroupId)),
  ].some((held) => held !== undefined && held === id);
}

/** Whether an interface of another service stands in a subnet; which one of its group's a database is in, nobody says. */
export function holdsSubnet(call: Call, id: string | undefined): boolean {
  return [
    ...balancers(call).flatMap(({ AvailabilityZones }) => AvailabilityZones?.map((zone) => zone.SubnetId)),
    ...functionsIn(call).flatMap((network) => network?.SubnetIds),
  ].some((held) => held !== undefined && held === id);
}
