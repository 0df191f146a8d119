import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteClusterCommand,
  ECSClient,
  ListTasksCommand,
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  UpdateClusterSettingsCommand,
} from "@aws-sdk/client-ecs";
import { describe, expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { writeScope } from "../scope.ts";
import entry from "./cluster.ts";
import { seedClusters } from "./ecs.trial.ts";

contractSuite("AWS::ECS::Cluster", {
  seed: seedClusters,
  remove: ({ send }, cluster) => send(ECSClient, new DeleteClusterCommand({ cluster })),
  change: ({ send }, cluster) => {
    const settings = [{ name: "containerInsights" as const, value: "enabled" }];
    return send(ECSClient, new UpdateClusterSettingsCommand({ cluster, settings }));
  },
});

async function withTasks({ send }: TestAccount): Promise<string> {
  const containerDefinitions = [{ name: "web", image: "nginx", memory: 128 }];
  await send(ECSClient, new RegisterTaskDefinitionCommand({ family: "web", containerDefinitions }));
  for (const cluster of ["shop", "other"]) {
    await send(ECSClient, new CreateClusterCommand({ clusterName: cluster }));
    await send(ECSClient, new RunTaskCommand({ cluster, taskDefinition: "web", count: 2 }));
  }
  return "shop";
}

removalSuite("AWS::ECS::Cluster", {
  seed: withTasks,
  prepares: ["stop-tasks"],
  refused: ["AWSBatch-genomes-0a1b", "genomes_Batch_6d67ab71-4455-3613-b981-4c30a030fb90"].map((clusterName) => ({
    seed: async ({ send }: TestAccount) => {
      await send(ECSClient, new CreateClusterCommand({ clusterName }));
      return clusterName;
    },
    because: /AWS Batch made it/,
  })),
});

describe("with instances of its own, which stay", () => {
  removalSuite("AWS::ECS::Cluster", {
    seed: async ({ send }) => {
      for (const cluster of ["shop", "other"]) {
        await send(ECSClient, new CreateClusterCommand({ clusterName: cluster }));
        for (const _ of [1, 2]) await send(ECSClient, new RegisterContainerInstanceCommand({ cluster }));
      }
      return "shop";
    },
    prepares: ["deregister"],
  });
});

describe("a cluster's own tasks", () => {
  it("are stopped, and neither those of its services nor of another cluster", async () => {
    const account = await testAccount();
    const { send, connection } = account;
    const cluster = await withTasks(account);
    await send(
      ECSClient,
      new CreateServiceCommand({ cluster, serviceName: "web", taskDefinition: "web", desiredCount: 2 }),
    );
    const scope = writeScope(connection, HERE, { signal: new AbortController().signal });
    const found = await entry.read(scope, cluster);
    if (!found) throw new Error("it is gone");
    expect(await entry.removal.inspect(found, scope)).toMatchObject({
      needs: ["stop-tasks"],
      words: "4 tasks, 0 instances",
    });

    await entry.removal.prepare?.(scope, found, "stop-tasks");
    expect((await send(ECSClient, new ListTasksCommand({ cluster }))).taskArns).toHaveLength(2);
    expect((await send(ECSClient, new ListTasksCommand({ cluster: "other" }))).taskArns).toHaveLength(2);
    await expect(entry.removal.remove(scope, found)).rejects.toMatchObject({ details: { isHeld: true } });
  });
});
