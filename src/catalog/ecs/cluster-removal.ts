import {
  type Cluster,
  DeleteClusterCommand,
  DescribeTasksCommand,
  ECSClient,
  paginateListTasks,
  StopTaskCommand,
  type Task,
} from "@aws-sdk/client-ecs";
import type { ReadScope, Removal } from "../contract.ts";
import { inParallel, orGone } from "../reading.ts";

/** A service starts its tasks anew as long as it is there; they end with it. Source: ECS API reference, Task, `group`. */
const isOfService = ({ group }: Task) => group?.startsWith("service:") === true;

/** Tasks of a cluster that are meant to run and belong to none of its services. */
async function standalone(scope: ReadScope, cluster: string): Promise<string[]> {
  const client = scope.client(ECSClient);
  const found: string[] = [];
  for await (const { taskArns: tasks = [] } of paginateListTasks({ client, pageSize: 100 }, { cluster })) {
    if (tasks.length === 0) continue;
    const answer = await client.send(new DescribeTasksCommand({ cluster, tasks }));
    found.push(...(answer.tasks ?? []).filter((task) => !isOfService(task)).flatMap(({ taskArn }) => taskArn ?? []));
  }
  return found;
}

const count = (number: number | undefined, what: string) => `${number ?? 0} ${what}`;

export const removal: Removal = {
  async inspect({ id, configuration, state }, scope) {
    // Its capacity is being taken away before it is gone.
    if (state === "DEPROVISIONING") return { leaving: true, words: "deprovisioning" };
    const { runningTasksCount, pendingTasksCount, registeredContainerInstancesCount } = configuration as Cluster;
    const isIdle = (runningTasksCount ?? 0) + (pendingTasksCount ?? 0) === 0;
    const tasks = isIdle ? [] : await standalone(scope, id);
    return {
      words: `${count(runningTasksCount, "tasks")}, ${count(registeredContainerInstancesCount, "instances")}`,
      ...(tasks.length > 0
        ? { needs: ["stop-tasks"], loses: [`what its ${tasks.length} tasks outside of services are doing`] }
        : {}),
    };
  },
  async prepare(scope, { id: cluster }) {
    const reason = "its cluster is removed";
    const stop = (task: string) => orGone(scope.writer(ECSClient).send(new StopTaskCommand({ cluster, task, reason })));
    for await (const _ of inParallel(await standalone(scope, cluster), stop));
  },
  remove: (scope, { id }) => scope.writer(ECSClient).send(new DeleteClusterCommand({ cluster: id })),
};
