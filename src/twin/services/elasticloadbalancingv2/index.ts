import { service } from "../../service.ts";
import { listenerOperations } from "./listeners.ts";
import { loadBalancerOperations } from "./load-balancers.ts";
import { ruleOperations } from "./rules.ts";
import { tagOperations } from "./tags.ts";
import { targetGroupOperations } from "./target-groups.ts";

export const elasticloadbalancingv2 = service(
  { namespace: "com.amazonaws.elasticloadbalancingv2", signingName: "elasticloadbalancing" },
  () => import("@aws-sdk/client-elastic-load-balancing-v2"),
  { ...listenerOperations, ...loadBalancerOperations, ...ruleOperations, ...tagOperations, ...targetGroupOperations },
);
