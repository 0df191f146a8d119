import { ApplicationAutoScalingClient, RegisterScalableTargetCommand } from "@aws-sdk/client-application-auto-scaling";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  type CreateServiceCommandInput,
  DeleteServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { describe } from "vitest";
import type { TestAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { seedServices } from "./ecs.trial.ts";

/** Until the tasks of a deleted service are gone. */
const DRAINED_MS = 600_000;

const named = (id: string) => {
  const [cluster = "", service = ""] = id.split("/");
  return { cluster, service };
};

contractSuite("AWS::ECS::Service", {
  seed: seedServices,
  remove: async ({ send, twin }, id) => {
    await send(ECSClient, new DeleteServiceCommand({ ...named(id), force: true }));
    await twin.clock.sleep(DRAINED_MS);
  },
  change: ({ send }, id) => send(ECSClient, new UpdateServiceCommand({ ...named(id), enableExecuteCommand: true })),
});

/** One with scaling that keeps two tasks running. */
async function scaled({ send }: TestAccount, more: Partial<CreateServiceCommandInput> = {}): Promise<string> {
  await send(ECSClient, new CreateClusterCommand({ clusterName: "shop" }));
  const containerDefinitions = [{ name: "web", image: "nginx", memory: 128 }];
  await send(ECSClient, new RegisterTaskDefinitionCommand({ family: "web", containerDefinitions }));
  const plain = { cluster: "shop", serviceName: "web", taskDefinition: "web", desiredCount: 2 };
  await send(ECSClient, new CreateServiceCommand({ ...plain, ...more }));
  await send(ECSClient, new CreateServiceCommand({ ...plain, serviceName: "web-2" }));
  return "shop/web";
}

removalSuite("AWS::ECS::Service", {
  seed: async (account) => {
    const id = await scaled(account);
    const target = {
      ServiceNamespace: "ecs",
      ResourceId: `service/${id}`,
      ScalableDimension: "ecs:service:DesiredCount",
      MinCapacity: 2,
      MaxCapacity: 5,
    } as const;
    await account.send(ApplicationAutoScalingClient, new RegisterScalableTargetCommand(target));
    return id;
  },
  prepares: ["scale-to-zero"],
});

describe("a daemon", () => {
  removalSuite("AWS::ECS::Service", { seed: (account) => scaled(account, { schedulingStrategy: "DAEMON" }) });
});
