import type { Service } from "@aws-sdk/client-ecs";
import { AwsFault, type Call, type Operations, page, type Stored } from "../../service.ts";
import { type ClusterRow, clusterNamed, clusters, PAGE } from "./cluster-rows.ts";
import { instancesOf } from "./container-instances.ts";
import { asOfNow } from "./services.ts";
import { isRunning, tasksOf } from "./tasks.ts";

function described(row: ClusterRow, include: readonly string[], call: Call): ClusterRow {
  const services = call
    .table<Stored<Service>>("ecs.service")
    .all()
    .filter(({ clusterArn }) => clusterArn === row.clusterArn)
    .map((each) => asOfNow(each, call));
  const inside = services.filter(({ status }) => status === "ACTIVE");
  const running = services.reduce((sum, { runningCount }) => sum + (runningCount ?? 0), 0);
  const { tags, settings, configuration, attachments, ...plain } = row;
  return {
    ...plain,
    activeServicesCount: inside.length,
    registeredContainerInstancesCount: instancesOf(call, row.clusterName).length,
    runningTasksCount: running + tasksOf(call, row.clusterArn).filter(isRunning).length,
    ...(include.includes("TAGS") && tags ? { tags } : {}),
    ...(include.includes("SETTINGS") && settings ? { settings } : {}),
    ...(include.includes("CONFIGURATIONS") && configuration ? { configuration } : {}),
    ...(include.includes("ATTACHMENTS") && attachments ? { attachments } : {}),
  };
}

export const clusterOperations = {
  CreateCluster(input, call) {
    const name = input.clusterName ?? "default";
    const existing = clusters(call).get(name);
    if (existing) return { cluster: existing };
    const row: ClusterRow = {
      clusterArn: call.arn("ecs", `cluster/${name}`),
      clusterName: name,
      status: "ACTIVE",
      registeredContainerInstancesCount: 0,
      runningTasksCount: 0,
      pendingTasksCount: 0,
      activeServicesCount: 0,
      statistics: [],
      tags: input.tags ?? [],
      settings: input.settings ?? [{ name: "containerInsights", value: "disabled" }],
      capacityProviders: input.capacityProviders ?? [],
      defaultCapacityProviderStrategy: input.defaultCapacityProviderStrategy ?? [],
      ...(input.configuration ? { configuration: input.configuration } : {}),
      ...(input.serviceConnectDefaults ? { serviceConnectDefaults: input.serviceConnectDefaults } : {}),
    };
    return { cluster: clusters(call).put(name, row) };
  },
  DescribeClusters(input, call) {
    const names = (input.clusters ?? ["default"]) as string[];
    if (names.length > 100) throw new AwsFault("InvalidParameterException", "clusters can have at most 100 items.");
    const rows = names.map((name) => ({ name, row: clusters(call).get(name.split("/").at(-1) ?? "") }));
    return {
      clusters: rows.flatMap(({ row }) => (row ? [described(row, input.include ?? [], call)] : [])),
      failures: rows.flatMap(({ name, row }) => (row ? [] : [{ arn: name, reason: "MISSING" }])),
    };
  },
  ListClusters(input, call) {
    const arns = clusters(call)
      .all()
      .map(({ clusterArn }) => clusterArn);
    const { items, next } = page(arns, { token: input.nextToken, max: input.maxResults }, PAGE);
    return { clusterArns: items, nextToken: next };
  },
  UpdateClusterSettings(input, call) {
    const row = clusterNamed(call, input.cluster);
    const changed = new Set((input.settings ?? []).map(({ name }) => name));
    row.settings = [...(row.settings ?? []).filter(({ name }) => !changed.has(name)), ...(input.settings ?? [])];
    return { cluster: row };
  },
  PutClusterCapacityProviders(input, call) {
    const row = clusterNamed(call, input.cluster);
    row.capacityProviders = input.capacityProviders;
    row.defaultCapacityProviderStrategy = input.defaultCapacityProviderStrategy;
    return { cluster: row };
  },
  DeleteCluster(input, call) {
    const row = clusterNamed(call, input.cluster);
    const { activeServicesCount, runningTasksCount, registeredContainerInstancesCount } = described(row, [], call);
    if (activeServicesCount)
      throw new AwsFault(
        "ClusterContainsServicesException",
        "The Cluster cannot be deleted while Services are active.",
      );
    if (runningTasksCount)
      throw new AwsFault("ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.");
    if (registeredContainerInstancesCount)
      throw new AwsFault(
        "ClusterContainsContainerInstancesException",
        "The Cluster cannot be deleted while Container Instances are active or draining.",
      );
    clusters(call).delete(row.clusterName ?? "");
    return { cluster: { ...row, status: "INACTIVE" } };
  },
} satisfies Operations<typeof import("@aws-sdk/client-ecs")>;
