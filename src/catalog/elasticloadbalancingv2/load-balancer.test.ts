import {
  DeleteLoadBalancerCommand,
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { TestAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { seedBalancers } from "./elasticloadbalancingv2.trial.ts";

/** One of seven, with a listener and a rule. */
const first = async (account: TestAccount) => (await seedBalancers(account)).balancers[0] ?? "";

contractSuite("AWS::ElasticLoadBalancingV2::LoadBalancer", {
  seed: async (account) => (await seedBalancers(account)).balancers,
  remove: ({ send }, LoadBalancerArn) =>
    send(ElasticLoadBalancingV2Client, new DeleteLoadBalancerCommand({ LoadBalancerArn })),
  change: ({ send }, LoadBalancerArn) => {
    const Attributes = [{ Key: "deletion_protection.enabled", Value: "true" }];
    return send(ElasticLoadBalancingV2Client, new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));
  },
});

removalSuite("AWS::ElasticLoadBalancingV2::LoadBalancer", {
  seed: first,
  guarded: async (account) => {
    const LoadBalancerArn = await first(account);
    const Attributes = [{ Key: "deletion_protection.enabled", Value: "true" }];
    const command = new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes });
    await account.send(ElasticLoadBalancingV2Client, command);
    return LoadBalancerArn;
  },
});
