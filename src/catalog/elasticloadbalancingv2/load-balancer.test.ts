import {
  DeleteLoadBalancerCommand,
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { seedBalancers } from "./elasticloadbalancingv2.trial.ts";

contractSuite("AWS::ElasticLoadBalancingV2::LoadBalancer", {
  seed: async (account) => (await seedBalancers(account)).balancers,
  remove: ({ send }, LoadBalancerArn) =>
    send(ElasticLoadBalancingV2Client, new DeleteLoadBalancerCommand({ LoadBalancerArn })),
  change: ({ send }, LoadBalancerArn) => {
    const Attributes = [{ Key: "deletion_protection.enabled", Value: "true" }];
    return send(ElasticLoadBalancingV2Client, new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));
  },
});
