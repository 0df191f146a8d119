import { forget, later } from "../../moving.ts";
import { AwsFault, type Operations, page } from "../../service.ts";
import { type ClusterRow, clusterNamed, clusters, moveOf, PAGE, settleClusters } from "./cluster-rows.ts";
import { profilesIn } from "./fargate-profiles.ts";

/** About what a control plane takes. */
const CREATING_MS = 10 * 60_000;
const DELETING_MS = 5 * 60_000;

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
  UpdateClusterConfig(input, call) {
    const row = clusterNamed(call, input.name);
    if (input.deletionProtection !== undefined) row.deletionProtection = input.deletionProtection;
    if (input.resourcesVpcConfig) Object.assign(row.resourcesVpcConfig ?? {}, input.resourcesVpcConfig);
    return {
      update: { id: call.uuid(), status: "InProgress", type: "DeletionProtectionUpdate", createdAt: call.now() },
    };
  },
  /** Source: EKS API reference, DeleteCluster. */
  DeleteCluster(input, call) {
    const row = clusterNamed(call, input.name);
    const inside = call
      .table<{ group: { clusterName?: string } }>("eks.nodegroup")
      .all()
      .some(({ group }) => group.clusterName === row.name);
    if (inside) throw new AwsFault("ResourceInUseException", "Cluster has nodegroups attached", 409);
    if (profilesIn(call, row.name).length > 0)
      throw new AwsFault("ResourceInUseException", "Cluster has fargate profiles attached", 409);
    if (row.deletionProtection)
      throw new AwsFault("InvalidRequestException", `Cluster ${row.name} has deletion protection.`);
    row.status = "DELETING";
    forget(call, moveOf(row.name));
    later(call, moveOf(row.name), DELETING_MS, { status: "DELETING" });
    return { cluster: row };
  },
} satisfies Operations<typeof import("@aws-sdk/client-eks")>;
