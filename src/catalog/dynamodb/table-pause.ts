import { ApplicationAutoScalingClient, DescribeScalableTargetsCommand } from "@aws-sdk/client-application-auto-scaling";
import {
  DescribeTableCommand,
  DynamoDBClient,
  type ProvisionedThroughputDescription,
  type TableDescription,
  UpdateTableCommand,
} from "@aws-sdk/client-dynamodb";
import { type JsonObject, toJson } from "../../model/json.ts";
import type { Pause, PauseState, ReadScope } from "../contract.ts";
import { cameBack } from "../pausing.ts";
import { orGone } from "../reading.ts";

/** A throughput as it is saved. */
interface Throughput {
  readonly read: number;
  readonly write: number;
}

async function table(scope: ReadScope, TableName: string): Promise<TableDescription | undefined> {
  const found = (await orGone(scope.client(DynamoDBClient).send(new DescribeTableCommand({ TableName }))))?.Table;
  return found?.TableStatus === "DELETING" ? undefined : found;
}

const modeOf = (found: TableDescription) => found.BillingModeSummary?.BillingMode ?? "PROVISIONED";

const throughput = (given: ProvisionedThroughputDescription | undefined): Throughput => ({
  read: given?.ReadCapacityUnits ?? 0,
  write: given?.WriteCapacityUnits ?? 0,
});

const units = ({ read, write }: Throughput) => ({ ReadCapacityUnits: read, WriteCapacityUnits: write });

/** What of the table and its indexes Application Auto Scaling sets: `table/orders ReadCapacityUnits`. */
async function scaled(scope: ReadScope, { TableName, GlobalSecondaryIndexes: indexes }: TableDescription) {
  const own = `table/${TableName}`;
  // At most 50 ids a call; a table has 20 indexes unless AWS allowed more.
  const ResourceIds = [own, ...(indexes ?? []).map(({ IndexName }) => `${own}/index/${IndexName}`)].slice(0, 50);
  const query = new DescribeScalableTargetsCommand({ ServiceNamespace: "dynamodb", ResourceIds });
  const { ScalableTargets: targets = [] } = await scope.client(ApplicationAutoScalingClient).send(query);
  return targets.map((each) => `${each.ResourceId} ${each.ScalableDimension?.split(":").at(-1)}`).sort();
}

async function saved(scope: ReadScope, found: TableDescription): Promise<JsonObject> {
  const mode = modeOf(found);
  // An on-demand table is said to have a throughput of 0, or of what it had before.
  if (mode !== "PROVISIONED") return { mode };
  const indexes = (found.GlobalSecondaryIndexes ?? []).map(
    ({ IndexName, ProvisionedThroughput }) => [IndexName ?? "", throughput(ProvisionedThroughput)] as const,
  );
  const replicas = (found.Replicas ?? []).map(({ RegionName }) => RegionName ?? "").sort();
  const targets = await scaled(scope, found);
  return toJson({
    mode,
    table: throughput(found.ProvisionedThroughput),
    ...(indexes.length > 0 ? { indexes: Object.fromEntries(indexes) } : {}),
    ...(replicas.length > 0 ? { replicas } : {}),
    ...(targets.length > 0 ? { scaled: targets } : {}),
  }) as JsonObject;
}

function phaseOf(found: TableDescription): PauseState["phase"] {
  const statuses = [found.TableStatus, ...(found.GlobalSecondaryIndexes ?? []).map(({ IndexStatus }) => IndexStatus)];
  if (statuses.some((status) => status !== "ACTIVE")) return "moving";
  return modeOf(found) === "PROVISIONED" ? "running" : "paused";
}

/** Statuses that a table stays in. */
const STUCK = /^(ARCHIV|INACCESSIBLE|REPLICATION_NOT_AUTHORIZED)/;

export const pause: Pause = {
  async capture(scope, id) {
    const found = await table(scope, id);
    if (!found) return undefined;
    const state = await saved(scope, found);
    const { read, write } = throughput(found.ProvisionedThroughput);
    const words = modeOf(found) === "PROVISIONED" ? `${read} read and ${write} write units` : "on demand";
    const phase = phaseOf(found);
    return { phase, saved: state, words: phase === "moving" ? (found.TableStatus ?? "unknown") : words };
  },

  eligible({ saved: state, words }) {
    if (state.mode !== "PROVISIONED")
      return { kind: "kept", reason: "it is an on-demand table: it costs by request, and there is nothing to pause" };
    if (STUCK.test(words)) return { kind: "kept", reason: `its status is ${words}: it can't be changed` };
    if (Array.isArray(state.replicas))
      return {
        kind: "kept",
        reason: `it is a global table, and its replicas (${state.replicas.join(", ")}) would change with it`,
      };
    return {
      kind: "eligible",
      loses: [],
      risks: [
        "AWS takes few switches to on-demand in 24 hours",
        "reserved capacity does not pay for on-demand requests",
        ...(Array.isArray(state.scaled)
          ? ["Application Auto Scaling keeps its settings and moves the throughput again once it is back"]
          : []),
      ],
    };
  },

  async stop(scope, TableName) {
    // AWS refuses a switch while the one before it is under way, and counts each in a day's few.
    const found = await table(scope, TableName);
    if (!found || modeOf(found) !== "PROVISIONED") return;
    await scope.writer(DynamoDBClient).send(new UpdateTableCommand({ TableName, BillingMode: "PAY_PER_REQUEST" }));
  },

  // Source: DynamoDB API reference, UpdateTable: table and indexes get their throughput in the call that switches.
  async resume(scope, TableName, before) {
    const found = await table(scope, TableName);
    if (!found || modeOf(found) === "PROVISIONED") return;
    const indexes = (before.indexes ?? {}) as unknown as Readonly<Record<string, Throughput>>;
    const updates = (found.GlobalSecondaryIndexes ?? []).map(({ IndexName = "" }) => {
      // An index that was made during the pause gets what its table has.
      const given = indexes[IndexName] ?? (before.table as unknown as Throughput);
      return { Update: { IndexName, ProvisionedThroughput: units(given) } };
    });
    const command = new UpdateTableCommand({
      TableName,
      BillingMode: "PROVISIONED",
      ProvisionedThroughput: units(before.table as unknown as Throughput),
      ...(updates.length > 0 ? { GlobalSecondaryIndexUpdates: updates } : {}),
    });
    await scope.writer(DynamoDBClient).send(command);
  },

  resumed(before, now) {
    const because = "Application Auto Scaling sets the throughput again once the table is back";
    const moves = Array.isArray(before.scaled) ? { table: because, indexes: because } : {};
    return cameBack(before, now, moves);
  },
};
