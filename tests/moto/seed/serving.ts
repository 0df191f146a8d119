import { asLowerPairs, asPairs } from "../made.ts";
import type { Network } from "./network.ts";
import type { Seeding } from "./seeding.ts";

const ELB = "AWS::ElasticLoadBalancingV2";

/** A load balancer that shares its requests 90/10 between two target groups, and a container service. */
export async function seedServing(seeding: Seeding, network: Network): Promise<void> {
  const { make } = seeding;
  const balancer = await make(
    `${ELB}::LoadBalancer`,
    `elbv2 create-load-balancer --name shop --subnets ${network.subnets.join(" ")} --security-groups ${network.webGroup} --query LoadBalancers[0].LoadBalancerArn --tags`,
    asPairs,
  );
  const targets = (name: string) =>
    make(
      `${ELB}::TargetGroup`,
      `elbv2 create-target-group --name ${name} --protocol HTTP --port 8080 --vpc-id ${network.vpc} --target-type ip --query TargetGroups[0].TargetGroupArn --tags`,
      asPairs,
    );
  const [main, spare] = [await targets("shop-main"), await targets("shop-spare")];
  const listener = await make(
    `${ELB}::Listener`,
    `elbv2 create-listener --load-balancer-arn ${balancer} --protocol HTTP --port 80 --default-actions Type=forward,TargetGroupArn=${main} --query Listeners[0].ListenerArn --tags`,
    asPairs,
  );
  await make(
    `${ELB}::ListenerRule`,
    `elbv2 create-rule --listener-arn ${listener} --priority 10 --query Rules[0].RuleArn --conditions Field=path-pattern,Values=/cart/* --actions`,
    forward(main, 90, spare, 10),
    "--tags",
    asPairs,
  );
  await seedContainers(seeding);
}

/** One forward action with two weighted groups that keeps a client with its group for an hour. */
export function forward(main: string, mainWeight: number, spare: string, spareWeight: number): object[] {
  const groups = [
    { TargetGroupArn: main, Weight: mainWeight },
    { TargetGroupArn: spare, Weight: spareWeight },
  ];
  const stickiness = { Enabled: true, DurationSeconds: 3600 };
  return [{ Type: "forward", ForwardConfig: { TargetGroups: groups, TargetGroupStickinessConfig: stickiness } }];
}

async function seedContainers({ make, makeNamed }: Seeding): Promise<void> {
  await makeNamed(
    "AWS::ECS::Cluster",
    "shop",
    "ecs create-cluster --cluster-name shop --query cluster.clusterArn --tags",
    asLowerPairs,
  );
  const definition = await make(
    "AWS::ECS::TaskDefinition",
    "ecs register-task-definition --family shop-api --cpu 256 --memory 512 --query taskDefinition.taskDefinitionArn --container-definitions",
    [{ name: "api", image: "shop/api:1", cpu: 256, memory: 512, essential: true }],
    "--tags",
    asLowerPairs,
  );
  await makeNamed(
    "AWS::ECS::Service",
    "shop-api",
    `ecs create-service --cluster shop --service-name shop-api --task-definition ${definition} --desired-count 2 --launch-type EC2 --query service.serviceArn --tags`,
    asLowerPairs,
  );
}
