import {
  DeleteListenerCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { seedBalancers } from "./elasticloadbalancingv2.trial.ts";

contractSuite("AWS::ElasticLoadBalancingV2::Listener", {
  seed: async (account) => (await seedBalancers(account)).listeners,
  remove: ({ send }, ListenerArn) => send(ElasticLoadBalancingV2Client, new DeleteListenerCommand({ ListenerArn })),
  change: ({ send }, ListenerArn) =>
    send(
      ElasticLoadBalancingV2Client,
      new ModifyListenerCommand({ ListenerArn, SslPolicy: "ELBSecurityPolicy-2016-08" }),
    ),
});
