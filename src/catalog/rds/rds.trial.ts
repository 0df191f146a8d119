import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  DeleteDBClusterCommand,
  DeleteDBInstanceCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import type { TestAccount } from "../../../tests/contract/account.ts";
import { memoryStore } from "../../../tests/contract/memory-store.ts";
import { memoryHost } from "../../io/memory.ts";
import type { EngineOwner } from "./engines.ts";

/** RDS's smallest page is twenty, so there are more of both. */
const NUMBERS = Array.from({ length: 21 }, (_, index) => String(index).padStart(2, "0"));

const Tags = [{ Key: "team", Value: "orders" }];

const DBInstanceClass = "db.r6g.large";

/** Instances of an owner's engine, and of each other owner one that is no business of its type. */
export async function seedInstances(account: TestAccount, owner: EngineOwner): Promise<readonly string[]> {
  const create = ({ send }: TestAccount, DBInstanceIdentifier: string, Engine: string) => {
    const settings = { DBInstanceClass, MasterUserPassword: "correct horse", Tags };
    return send(RDSClient, new CreateDBInstanceCommand({ DBInstanceIdentifier, Engine, ...settings }));
  };
  const engines = { rds: "postgres", docdb: "docdb", neptune: "neptune" } as const;
  const ids = NUMBERS.map((number) => `orders-${number}`);
  for (const id of ids) await create(account, id, engines[owner]);
  for (const other of OWNERS) if (other !== owner) await create(account, `other-${other}`, engines[other]);
  return ids;
}

/** Clusters of an owner's engine, the first with a writer, and of each other owner one that is no business of its type. */
export async function seedClusters(account: TestAccount, owner: EngineOwner): Promise<readonly string[]> {
  const create = ({ send }: TestAccount, DBClusterIdentifier: string, Engine: string) =>
    send(RDSClient, new CreateDBClusterCommand({ DBClusterIdentifier, Engine, MasterUsername: "shop", Tags }));
  const engines = { rds: "aurora-postgresql", docdb: "docdb", neptune: "neptune" } as const;
  const ids = NUMBERS.map((number) => `shop-${number}`);
  for (const id of ids) await create(account, id, engines[owner]);
  const member = { DBInstanceIdentifier: "shop-00-1", DBClusterIdentifier: "shop-00", DBInstanceClass };
  await account.send(RDSClient, new CreateDBInstanceCommand({ ...member, Engine: engines[owner] }));
  for (const other of OWNERS) if (other !== owner) await create(account, `other-${other}`, engines[other]);
  return ids;
}

/** All who have clusters and instances under the RDS API. */
export const OWNERS: readonly EngineOwner[] = ["rds", "docdb", "neptune"];

const DELETED_MS = 3_600_000;

/** Deletes one as someone else would, and waits until it is gone. */
export async function deleteInstance({ send, twin }: TestAccount, DBInstanceIdentifier: string): Promise<void> {
  await send(RDSClient, new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true }));
  await twin.clock.sleep(DELETED_MS);
}

export async function deleteCluster({ send, twin }: TestAccount, DBClusterIdentifier: string): Promise<void> {
  await send(RDSClient, new DeleteDBClusterCommand({ DBClusterIdentifier, SkipFinalSnapshot: true }));
  await twin.clock.sleep(DELETED_MS);
}

/** What planning and doing removals takes. */
export function removalContext({ connection, twin }: TestAccount) {
  const { signal } = new AbortController();
  return { connection, host: memoryHost(), clock: twin.clock, signal, store: memoryStore() };
}
