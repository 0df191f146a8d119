import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import type { TestAccount } from "../../../tests/contract/account.ts";

const LETTERS = ["a", "b", "c", "d", "e", "f", "g"];
const tags = [{ key: "team", value: "orders" }];

/** Seven empty clusters. */
export async function seedClusters({ send }: TestAccount): Promise<readonly string[]> {
  const names = LETTERS.map((letter) => `orders-${letter}`);
  for (const clusterName of names) await send(ECSClient, new CreateClusterCommand({ clusterName, tags }));
  return names;
}

/** Twelve services in a cluster, which is more than can be described at once, one in another, and an empty cluster. */
export async function seedServices({ send }: TestAccount): Promise<readonly string[]> {
  for (const clusterName of ["shop", "batch", "empty"])
    await send(ECSClient, new CreateClusterCommand({ clusterName }));
  const containerDefinitions = [{ name: "web", image: "nginx", memory: 128 }];
  await send(ECSClient, new RegisterTaskDefinitionCommand({ family: "web", containerDefinitions }));
  const ids = [...Array(12).keys()].map((number) => `shop/web-${number}`).concat("batch/nightly");
  for (const id of ids) {
    const [cluster = "", serviceName = ""] = id.split("/");
    const service = { cluster, serviceName, taskDefinition: "web", desiredCount: 2, tags };
    await send(ECSClient, new CreateServiceCommand(service));
  }
  return ids;
}
