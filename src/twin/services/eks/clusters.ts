import type { Cluster } from "@aws-sdk/client-eks";
import { arrive, forget, later } from "../../moving.ts";
import { AwsFault, type Call, type Operations, page, type Stored, type Table } from "../../service.ts";

export type ClusterRow = Stored<Cluster>;

export const clusters = (call: Call): Table<ClusterRow> => call.table<ClusterRow>("eks.cluster");

/** EKS lists up to a hundred a page. */
export const PAGE = { max: 100, invalid: "InvalidParameterException" } as const;

/** About what a control plane takes. */
const CREATING_MS = 10 * 60_000;
const DELETING_MS = 5 * 60_000;

const moveOf = (name: string | undefined) => `eks.cluster/${name}`;

/** Makes of all clusters what has become of them by now; deleted ones are no more. */
function settleClusters(call: Call): void {
  for (const row of clusters(call).all())
    if (arrive(call, moveOf(row.name), row) && row.status === "DELETING") clusters(call).delete(row.name ?? "");
}

export function clusterNamed(call: Call, name: string | undefined): ClusterRow {
  settleClusters(call);
  const row = clusters(call).get(name ?? "");
  if (!row) throw new AwsFault("ResourceNotFoundException", `No cluster found for name: ${name}.`, 404);
  return row;
}

export const clusterOperations = {
  CreateCluster(input, call) {
    settleClusters(call);
    const name = input.name ?? "";
    if (clusters(call).get(name))
      throw new AwsFault("ResourceInUseException", `Cluster already exists with name: ${name}`, 409);
    const cluster: ClusterRow = {
      name,
      arn: call.arn("eks", `cluster/${name}`),
      createdAt: call.now(),
      version: input.version ?? "1.34",
      roleArn: input.roleArn,
      endpoint: `https://${call.id("", 32).toUpperCase()}.gr7.${call.region}.eks.amazonaws.com`,
      resourcesVpcConfig: {
        securityGroupIds: [],
        endpointPublicAccess: true,
        endpointPrivateAccess: false,
        publicAccessCidrs: ["0.0.0.0/0"],
        ...input.resourcesVpcConfig,
        clusterSecurityGroupId: call.id("sg-"),
      },
      status: "CREATING",
      health: { issues: [] },
      platformVersion: "eks.1",
      deletionProtection: input.deletionProtection ?? false,
      tags: input.tags ?? {},
    };
    later(call, moveOf(name), CREATING_MS, { status: "ACTIVE" });
    return { cluster: clusters(call).put(name, cluster) };
  },
  DescribeCluster(input, call) {
    return { cluster: clusterNamed(call, input.name) };
  },
  ListClusters(input, call) {
    settleClusters(call);
    const names = clusters(call)
      .all()
      .map(({ name }) => name);
    const { items, next } = page(names, { token: input.nextToken, max: input.maxResults }, PAGE);
    return { clusters: items, nextToken: next };
  },
  /** Source: EKS API reference, DeleteCluster. */
  DeleteCluster(input, call) {
    const row = clusterNamed(call, input.name);
    const inside = call
      .table<{ group: { clusterName?: string } }>("eks.nodegroup")
      .all()
      .some(({ group }) => group.clusterName === row.name);
    if (inside) throw new AwsFault("ResourceInUseException", "Cluster has nodegroups attached", 409);
    if (row.deletionProtection)
      throw new AwsFault("InvalidRequestException", `Cluster ${row.name} has deletion protection.`);
    row.status = "DELETING";
    forget(call, moveOf(row.name));
    later(call, moveOf(row.name), DELETING_MS, { status: "DELETING" });
    return { cluster: row };
  },
} satisfies Operations<typeof import("@aws-sdk/client-eks")>;
