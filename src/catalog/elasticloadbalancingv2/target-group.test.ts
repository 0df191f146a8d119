import {
  CreateTargetGroupCommand,
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { seedBalancers } from "./elasticloadbalancingv2.trial.ts";

contractSuite("AWS::ElasticLoadBalancingV2::TargetGroup", {
  seed: async (account) => (await seedBalancers(account)).groups,
  remove: async ({ send }, arn) => {
    const groups = await send(
      ElasticLoadBalancingV2Client,
      new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }),
    );
    const [LoadBalancerArn] = groups.TargetGroups?.[0]?.LoadBalancerArns ?? [];
    await send(ElasticLoadBalancingV2Client, new DeleteLoadBalancerCommand({ LoadBalancerArn }));
    await send(ElasticLoadBalancingV2Client, new DeleteTargetGroupCommand({ TargetGroupArn: arn }));
  },
  change: ({ send }, TargetGroupArn) =>
    send(ElasticLoadBalancingV2Client, new ModifyTargetGroupCommand({ TargetGroupArn, HealthCheckPath: "/health" })),
});

removalSuite("AWS::ElasticLoadBalancingV2::TargetGroup", {
  seed: async (account) => {
    const { groups } = await seedBalancers(account);
    const input = { Name: "spare", Protocol: "HTTP" as const, Port: 80, VpcId: "vpc-0a" };
    const made = await account.send(ElasticLoadBalancingV2Client, new CreateTargetGroupCommand(input));
    const arn = made.TargetGroups?.[0]?.TargetGroupArn ?? "";
    return groups.length > 0 ? arn : "";
  },
  refused: [
    {
      seed: async (account) => (await seedBalancers(account)).groups[0] ?? "",
      because: /uses it, and stays/,
    },
  ],
});
