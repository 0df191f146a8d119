import type { Task } from "@aws-sdk/client-ecs";
import { arrive, later } from "../../moving.ts";
import { AwsFault, type Call, type Operations, page, type Stored, type Table } from "../../service.ts";
import { clusterNamed, PAGE } from "./cluster-rows.ts";
import { definitionNamed } from "./task-definitions.ts";

type Row = Stored<Task>;

/** How long a task takes to end after it was told to. Source: ECS developer guide, "Task lifecycle", stop timeout. */
const STOPPING_MS = 30_000;

const tasks = (call: Call): Table<Row> => call.table<Row>("ecs.task");

const moveOf = ({ taskArn }: Row) => `ecs.task/${taskArn}`;

/** The tasks of a cluster that somebody has run by hand or by a schedule, as they are now. */
export function tasksOf(call: Call, cluster: string | undefined): Row[] {
  const inside = tasks(call)
    .all()
    .filter(({ clusterArn }) => clusterArn === cluster);
  for (const row of inside) arrive(call, moveOf(row), row);
  return inside;
}

export const isRunning = ({ lastStatus }: Row): boolean => lastStatus !== "STOPPED";

/** Those of its services stand in no rows: as many as the services have running. */
function serviceTasksOf(call: Call, cluster: string | undefined): Row[] {
  const services = call
    .table<{ clusterArn: string; serviceName: string; status: string; runningCount: number }>("ecs.service")
    .all()
    .filter(({ clusterArn, status }) => clusterArn === cluster && status !== "INACTIVE");
  return services.flatMap(({ serviceName, runningCount }) =>
    Array.from({ length: runningCount }, (_, index) => ({
      taskArn: `${cluster?.replace(":cluster/", ":task/")}/${serviceName}-${index}`,
      clusterArn: cluster,
      group: `service:${serviceName}`,
      startedBy: `ecs-svc/${serviceName}`,
      lastStatus: "RUNNING",
      desiredStatus: "RUNNING",
    })),
  );
}

const allOf = (call: Call, cluster: string | undefined) => [
  ...tasksOf(call, cluster),
  ...serviceTasksOf(call, cluster),
];

const lastPart = (arn: string | undefined) => arn?.split("/").at(-1);

function taskNamed(call: Call, cluster: string | undefined, name: string | undefined): Row | undefined {
  return allOf(call, cluster).find(({ taskArn }) => lastPart(taskArn) === lastPart(name));
}

export const taskOperations = {
  RunTask(input, call) {
    const { clusterArn, clusterName } = clusterNamed(call, input.cluster);
    const definition = definitionNamed(call, input.taskDefinition ?? "");
    const made = Array.from({ length: input.count ?? 1 }, (): Row => {
      const taskArn = call.arn("ecs", `task/${clusterName}/${call.id("", 32)}`);
      return {
        taskArn,
        clusterArn,
        taskDefinitionArn: definition.taskDefinitionArn,
        group: input.group ?? `family:${definition.family}`,
        launchType: input.launchType ?? "EC2",
        lastStatus: "RUNNING",
        desiredStatus: "RUNNING",
        createdAt: call.now(),
      };
    });
    for (const row of made) tasks(call).put(row.taskArn ?? "", row);
    return { tasks: made, failures: [] };
  },
  ListTasks(input, call) {
    const { clusterArn } = clusterNamed(call, input.cluster);
    const arns = allOf(call, clusterArn)
      .filter(({ desiredStatus }) => desiredStatus === (input.desiredStatus ?? "RUNNING"))
      .filter(({ group }) => !input.serviceName || group === `service:${lastPart(input.serviceName)}`)
      .map(({ taskArn }) => taskArn);
    const { items, next } = page(arns, { token: input.nextToken, max: input.maxResults }, PAGE);
    return { taskArns: items, nextToken: next };
  },
  DescribeTasks(input, call) {
    const { clusterArn } = clusterNamed(call, input.cluster);
    const found = (input.tasks ?? []).map((name) => ({ name, row: taskNamed(call, clusterArn, name) }));
    return {
      tasks: found.flatMap(({ row }) => row ?? []),
      failures: found.flatMap(({ name, row }) => (row ? [] : [{ arn: name, reason: "MISSING" }])),
    };
  },
  StopTask(input, call) {
    const { clusterArn } = clusterNamed(call, input.cluster);
    const row = taskNamed(call, clusterArn, input.task);
    if (!row) throw new AwsFault("InvalidParameterException", "The referenced task was not found.");
    if (isRunning(row) && row.desiredStatus !== "STOPPED") {
      Object.assign(row, { desiredStatus: "STOPPED", stoppedReason: input.reason ?? "Task stopped by user" });
      later(call, moveOf(row), STOPPING_MS, { lastStatus: "STOPPED" });
    }
    return { task: row };
  },
} satisfies Operations<typeof import("@aws-sdk/client-ecs")>;
