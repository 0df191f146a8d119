import type { ContainerInstance } from "@aws-sdk/client-ecs";
import { AwsFault, type Call, type Operations, page, type Stored } from "../../service.ts";
import { clusterNamed, PAGE } from "./cluster-rows.ts";

const instances = (call: Call) => call.table<Stored<ContainerInstance>>("ecs.container-instance");

/** ARNs of the instances of a cluster, whose name stands in them. */
export function instancesOf(call: Call, clusterName: string | undefined): string[] {
  const start = call.arn("ecs", `container-instance/${clusterName}/`);
  return instances(call)
    .all()
    .flatMap(({ containerInstanceArn: arn }) => (arn?.startsWith(start) ? [arn] : []));
}

/** Source: ECS API reference, RegisterContainerInstance (which agents call), ListContainerInstances, DeregisterContainerInstance. */
export const containerInstanceOperations = {
  RegisterContainerInstance(input, call) {
    const { clusterName } = clusterNamed(call, input.cluster);
    const containerInstanceArn = call.arn("ecs", `container-instance/${clusterName}/${call.id("", 32)}`);
    const row = { containerInstanceArn, status: "ACTIVE", agentConnected: true };
    return { containerInstance: instances(call).put(containerInstanceArn, row) };
  },
  ListContainerInstances(input, call) {
    const arns = instancesOf(call, clusterNamed(call, input.cluster).clusterName);
    const { items, next } = page(arns, { token: input.nextToken, max: input.maxResults }, PAGE);
    return { containerInstanceArns: items, nextToken: next };
  },
  DeregisterContainerInstance(input, call) {
    const [arn] = instancesOf(call, clusterNamed(call, input.cluster).clusterName).filter(
      (each) => each === input.containerInstance,
    );
    if (!arn) throw new AwsFault("InvalidParameterException", "The referenced container instance was not found.");
    instances(call).delete(arn);
    return { containerInstance: { containerInstanceArn: arn, status: "INACTIVE" } };
  },
} satisfies Operations<typeof import("@aws-sdk/client-ecs")>;
