import { CreateDBClusterCommand, CreateDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import type { TestAccount } from "../../../tests/contract/account.ts";

/** RDS's smallest page is twenty, so there are more of both. */
const NUMBERS = Array.from({ length: 21 }, (_, index) => String(index).padStart(2, "0"));

const Tags = [{ Key: "team", Value: "orders" }];

/** Instances of RDS's own engines, and one of Neptune's, which is no business of ours. */
export async function seedInstances({ send }: TestAccount): Promise<readonly string[]> {
  const ids = NUMBERS.map((number) => `orders-${number}`);
  const settings = { DBInstanceClass: "db.t4g.medium", MasterUserPassword: "correct horse", Tags };
  for (const DBInstanceIdentifier of ids)
    await send(RDSClient, new CreateDBInstanceCommand({ DBInstanceIdentifier, Engine: "postgres", ...settings }));
  const graph = { DBInstanceIdentifier: "graph-1", Engine: "neptune", DBInstanceClass: "db.r6g.large" };
  await send(RDSClient, new CreateDBInstanceCommand(graph));
  return ids;
}

/** Aurora clusters, each with a writer, and one of DocumentDB. */
export async function seedClusters({ send }: TestAccount): Promise<readonly string[]> {
  const ids = NUMBERS.map((number) => `shop-${number}`);
  for (const DBClusterIdentifier of ids) {
    const Engine = "aurora-postgresql";
    await send(RDSClient, new CreateDBClusterCommand({ DBClusterIdentifier, Engine, MasterUsername: "shop", Tags }));
  }
  const member = { DBInstanceIdentifier: "shop-00-1", DBClusterIdentifier: "shop-00", DBInstanceClass: "db.r6g.large" };
  await send(RDSClient, new CreateDBInstanceCommand({ ...member, Engine: "aurora-postgresql" }));
  await send(RDSClient, new CreateDBClusterCommand({ DBClusterIdentifier: "documents", Engine: "docdb" }));
  return ids;
}
