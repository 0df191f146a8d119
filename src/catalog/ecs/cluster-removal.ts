import {
  type Cluster,
  DeleteClusterCommand,
  DeregisterContainerInstanceCommand,
  DescribeTasksCommand,
  ECSClient,
  paginateListContainerInstances,
  paginateListTasks,
  StopTaskCommand,
  type Task,
} from "@aws-sdk/client-ecs";
import type { ReadScope, Removal, WriteScope } from "../contract.ts";
import { collect, inParallel, orGone } from "../reading.ts";

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

/** Tasks that are still at work there are stopped with it, and belong to nothing that stays. */
async function deregister(scope: WriteScope, cluster: string): Promise<void> {
  const pages = paginateListContainerInstances({ client: scope.client(ECSClient), pageSize: 100 }, { cluster });
  for (const containerInstance of await collect(pages, ({ containerInstanceArns }) => containerInstanceArns)) {
    const command = new DeregisterContainerInstanceCommand({ cluster, containerInstance, force: true });
    await scope.writer(ECSClient).send(command);
  }
}

/** What AWS Batch calls the clusters of its compute environments, which never recover from the loss of theirs. */
const OF_BATCH = /^AWSBatch-|_Batch_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const count = (number: number | undefined, what: string) => `${number ?? 0} ${what}`;

export const removal: Removal = {
  async inspect({ id, configuration, state }, scope) {
    // Its capacity is being taken away before it is gone.
    if (state === "DEPROVISIONING") return { leaving: true, words: "deprovisioning" };
    if (OF_BATCH.test(id)) return { refuses: "AWS Batch made it for a compute environment, and deletes it with that" };
    const { runningTasksCount, pendingTasksCount, registeredContainerInstancesCount } = configuration as Cluster;
    const isIdle = (runningTasksCount ?? 0) + (pendingTasksCount ?? 0) === 0;
    const tasks = isIdle ? [] : await standalone(scope, id);
    const needs = [
      ...(tasks.length > 0 ? ["stop-tasks"] : []),
      ...(registeredContainerInstancesCount ? ["deregister"] : []),
    ];
    return {
      words: `${count(runningTasksCount, "tasks")}, ${count(registeredContainerInstancesCount, "instances")}`,
      ...(needs.length > 0 ? { needs } : {}),
      ...(tasks.length > 0 ? { loses: [`what its ${tasks.length} tasks outside of services are doing`] } : {}),
    };
  },
  async prepare(scope, { id: cluster }, way) {
    if (way === "deregister") return deregister(scope, cluster);
    const reason = "its cluster is removed";
    const stop = (task: string) => orGone(scope.writer(ECSClient).send(new StopTaskCommand({ cluster, task, reason })));
    for await (const _ of inParallel(await standalone(scope, cluster), stop));
  },
  remove: (scope, { id }) => scope.writer(ECSClient).send(new DeleteClusterCommand({ cluster: id })),
};
