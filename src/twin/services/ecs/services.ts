import type { Service, ServiceConnectConfiguration } from "@aws-sdk/client-ecs";
import { arrive, forget, later } from "../../moving.ts";
import { AwsFault, type Call, type Operations, page, type Stored, type Table } from "../../service.ts";
import { clusterNamed, PAGE } from "./cluster-rows.ts";
import { definitionNamed } from "./task-definitions.ts";

type Row = Stored<Service>;

export const services = (call: Call): Table<Row> => call.table<Row>("ecs.service");

const keyOf = (cluster: string | undefined, name: string | undefined) => `${cluster}/${name?.split("/").at(-1)}`;

function serviceNamed(call: Call, cluster: string | undefined, name: string | undefined): Row {
  const { clusterName } = clusterNamed(call, cluster);
  const row = services(call).get(keyOf(clusterName, name));
  if (row && asOfNow(row, call).status === "DRAINING")
    throw new AwsFault("ServiceNotActiveException", "Service was not ACTIVE.");
  if (row?.status !== "ACTIVE") throw new AwsFault("ServiceNotFoundException", "Service not found.");
  return row;
}

/** How long tasks take to start and to drain. */
const TASKS_MS = 90_000;

const moveOf = (row: Row) => `ecs.service/${keyOf(row.clusterArn?.split("/").at(-1), row.serviceName)}`;

/** Tasks follow the desired count after a while. */
export function asOfNow(row: Row, call: Call): Row {
  if (arrive(call, moveOf(row), row)) showCounts(row);
  return row;
}

/** A new desired count is no deployment: the tasks of the present one become more or fewer. */
export function setDesired(row: Row, desiredCount: number, call: Call): void {
  if (desiredCount === row.desiredCount) return;
  row.desiredCount = desiredCount;
  row.pendingCount = Math.max(0, desiredCount - (row.runningCount ?? 0));
  showCounts(row);
  later(call, moveOf(row), TASKS_MS, { runningCount: desiredCount, pendingCount: 0 });
}

function showCounts(row: Row): void {
  const { desiredCount, runningCount, pendingCount } = row;
  const [primary] = row.deployments ?? [];
  if (primary) Object.assign(primary, { desiredCount, runningCount, pendingCount });
}

/** Members that CreateService and UpdateService take and the description shows as they are. */
const SETTINGS = [
  "desiredCount",
  "capacityProviderStrategy",
  "deploymentConfiguration",
  "networkConfiguration",
  "placementConstraints",
  "placementStrategy",
  "platformVersion",
  "healthCheckGracePeriodSeconds",
  "enableExecuteCommand",
  "enableECSManagedTags",
  "loadBalancers",
  "propagateTags",
  "serviceRegistries",
  "availabilityZoneRebalancing",
] as const;

type Settings = Partial<Pick<Row, (typeof SETTINGS)[number]>>;

function settingsOf(input: Settings): Settings {
  return Object.fromEntries(SETTINGS.filter((name) => input[name] !== undefined).map((name) => [name, input[name]]));
}

/** Every change is a deployment, which here is done at once. */
function deploy(row: Row, call: Call, connect?: Stored<ServiceConnectConfiguration>): void {
  const now = call.now();
  const desiredCount = row.desiredCount ?? 0;
  const previous = row.deployments?.[0];
  const connected = connect ?? previous?.serviceConnectConfiguration;
  row.runningCount = desiredCount;
  row.pendingCount = 0;
  forget(call, moveOf(row));
  row.deployments = [
    {
      id: `ecs-svc/${call.id("", 19)}`,
      status: "PRIMARY",
      taskDefinition: row.taskDefinition,
      desiredCount,
      pendingCount: 0,
      runningCount: desiredCount,
      failedTasks: 0,
      createdAt: now,
      updatedAt: now,
      rolloutState: "COMPLETED",
      ...(row.networkConfiguration ? { networkConfiguration: row.networkConfiguration } : {}),
      ...(connected ? { serviceConnectConfiguration: connected } : {}),
    },
  ];
  const message = `(service ${row.serviceName}) has reached a steady state.`;
  row.events = [{ id: call.uuid(), createdAt: now, message }, ...(row.events ?? [])].slice(0, 100);
}

export const serviceOperations = {
  CreateService(input, call) {
    const cluster = clusterNamed(call, input.cluster);
    const name = input.serviceName ?? "";
    const existing = services(call).get(keyOf(cluster.clusterName, name));
    if (existing && asOfNow(existing, call).status === "DRAINING")
      throw new AwsFault("InvalidParameterException", "Unable to Start a service that is still Draining.");
    if (existing?.status === "ACTIVE")
      throw new AwsFault("InvalidParameterException", "Creation of service was not idempotent.");
    const row: Row = {
      serviceArn: call.arn("ecs", `service/${cluster.clusterName}/${name}`),
      serviceName: name,
      clusterArn: cluster.clusterArn,
      status: "ACTIVE",
      desiredCount: 0,
      pendingCount: 0,
      launchType: input.launchType ?? (input.capacityProviderStrategy ? undefined : "EC2"),
      taskDefinition: input.taskDefinition ? definitionNamed(call, input.taskDefinition).taskDefinitionArn : undefined,
      deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
      deploymentController: input.deploymentController ?? { type: "ECS" },
      schedulingStrategy: input.schedulingStrategy ?? "REPLICA",
      loadBalancers: [],
      serviceRegistries: [],
      placementConstraints: [],
      placementStrategy: [],
      enableECSManagedTags: false,
      enableExecuteCommand: false,
      propagateTags: "NONE",
      createdAt: call.now(),
      createdBy: call.caller,
      tags: input.tags ?? [],
      ...(input.role ? { roleArn: input.role } : {}),
      ...settingsOf(input as Settings),
    };
    deploy(row, call, input.serviceConnectConfiguration);
    return { service: services(call).put(keyOf(cluster.clusterName, name), row) };
  },
  DescribeServices(input, call) {
    const { clusterName } = clusterNamed(call, input.cluster);
    const names = (input.services ?? []) as string[];
    if (names.length > 10) throw new AwsFault("InvalidParameterException", "services can have at most 10 items.");
    const rows = names.map((name) => ({ name, row: services(call).get(keyOf(clusterName, name)) }));
    const shown = (row: Row) => {
      const { tags, ...plain } = asOfNow(row, call);
      return input.include?.includes("TAGS") ? { ...plain, tags } : plain;
    };
    return {
      services: rows.flatMap(({ row }) => (row ? [shown(row)] : [])),
      failures: rows.flatMap(({ name, row }) => (row ? [] : [{ arn: name, reason: "MISSING" }])),
    };
  },
  ListServices(input, call) {
    const { clusterArn } = clusterNamed(call, input.cluster);
    const arns = services(call)
      .all()
      .filter((row) => row.clusterArn === clusterArn && row.status === "ACTIVE")
      .filter((row) => !input.launchType || row.launchType === input.launchType)
      .map(({ serviceArn }) => serviceArn);
    const { items, next } = page(arns, { token: input.nextToken, max: input.maxResults ?? 10 }, PAGE);
    return { serviceArns: items, nextToken: next };
  },
  UpdateService(input, call) {
    const row = serviceNamed(call, input.cluster, input.service);
    if (input.desiredCount !== undefined && row.schedulingStrategy === "DAEMON")
      throw new AwsFault(
        "InvalidParameterException",
        "The daemon scheduling strategy does not support a desired count.",
      );
    const { desiredCount, ...settings } = settingsOf(input as Settings);
    if (desiredCount !== undefined) setDesired(row, desiredCount, call);
    const changes = Object.keys(settings).length > 0 || input.taskDefinition || input.forceNewDeployment;
    if (!changes) return { service: row };
    Object.assign(row, settings);
    if (input.taskDefinition) row.taskDefinition = definitionNamed(call, input.taskDefinition).taskDefinitionArn;
    deploy(row, call, input.serviceConnectConfiguration);
    return { service: row };
  },
  /** Its tasks end first; then it stays to be described as INACTIVE. Source: ECS API reference, DeleteService. */
  DeleteService(input, call) {
    const row = serviceNamed(call, input.cluster, input.service);
    if (row.desiredCount && row.schedulingStrategy === "REPLICA" && !input.force)
      throw new AwsFault(
        "InvalidParameterException",
        "The service cannot be stopped while it is scaled above 0. Update the service first.",
      );
    Object.assign(row, { status: "DRAINING", desiredCount: 0, pendingCount: 0, deployments: [] });
    const drainingMs = row.runningCount ? TASKS_MS : 0;
    later(call, moveOf(row), drainingMs, { status: "INACTIVE", runningCount: 0 });
    return { service: row };
  },
} satisfies Operations<typeof import("@aws-sdk/client-ecs")>;
