import type { Cluster } from "@aws-sdk/client-eks";
import { arrive } from "../../moving.ts";
import { AwsFault, type Call, type Stored, type Table } from "../../service.ts";

export type ClusterRow = Stored<Cluster>;

export const clusters = (call: Call): Table<ClusterRow> => call.table<ClusterRow>("eks.cluster");

/** EKS lists up to a hundred a page. */
export const PAGE = { max: 100, invalid: "InvalidParameterException" } as const;

export const moveOf = (name: string | undefined) => `eks.cluster/${name}`;

/** Makes of all clusters what has become of them by now; deleted ones are no more. */
export function settleClusters(call: Call): void {
  for (const row of clusters(call).all())
    if (arrive(call, moveOf(row.name), row) && row.status === "DELETING") clusters(call).delete(row.name ?? "");
}

export function clusterNamed(call: Call, name: string | undefined): ClusterRow {
  settleClusters(call);
  const row = clusters(call).get(name ?? "");
  if (!row) throw new AwsFault("ResourceNotFoundException", `No cluster found for name: ${name}.`, 404);
  return row;
}
