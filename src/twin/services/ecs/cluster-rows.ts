import type { Cluster } from "@aws-sdk/client-ecs";
import { AwsFault, type Call, type Stored, type Table } from "../../service.ts";

export type ClusterRow = Stored<Cluster>;

/** ECS lists one to a hundred at a time. Source: ECS API reference, ListClusters, maxResults. */
export const PAGE = { max: 100, invalid: "InvalidParameterException" } as const;

export const clusters = (call: Call): Table<ClusterRow> => call.table<ClusterRow>("ecs.cluster");

/** A cluster by name or ARN; the one called `default` when none is named. */
export function clusterNamed(call: Call, name = "default"): ClusterRow {
  const row = clusters(call).get(name.split("/").at(-1) ?? "");
  if (!row) throw new AwsFault("ClusterNotFoundException", "Cluster not found.");
  return row;
}
