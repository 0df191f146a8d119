import {
  DeleteRuleCommand,
  ElasticLoadBalancingV2Client,
  SetRulePrioritiesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { seedBalancers } from "./elasticloadbalancingv2.trial.ts";

contractSuite("AWS::ElasticLoadBalancingV2::ListenerRule", {
  seed: async (account) => (await seedBalancers(account)).rules,
  remove: ({ send }, RuleArn) => send(ElasticLoadBalancingV2Client, new DeleteRuleCommand({ RuleArn })),
  change: ({ send }, RuleArn) => {
    const RulePriorities = [{ RuleArn, Priority: 20 }];
    return send(ElasticLoadBalancingV2Client, new SetRulePrioritiesCommand({ RulePriorities }));
  },
});
