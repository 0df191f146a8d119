import { valuesAt } from "../../../model/path.ts";
import type { ScannedResource } from "../../../model/resource.ts";
import { typesLinkingTo } from "../links.ts";
import { explain, type FindingRule, isOfKubernetes, isPast, type RuleWorld } from "../rule.ts";

const GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup";
const LISTENERS: readonly string[] = [
  "AWS::ElasticLoadBalancingV2::Listener",
  "AWS::ElasticLoadBalancingV2::ListenerRule",
];
const DAYS = 14;

/** What a load balancer answers by itself, without a target. Source: API reference, Action. */
const ANSWERS = ["redirect", "fixed-response"];

/** The default action is that of a rule, too. */
const answersItself = ({ configuration }: ScannedResource): boolean =>
  valuesAt(configuration, "Actions[].Type").some((type) => ANSWERS.includes(String(type)));

/** An Auto Scaling group or a service at zero puts targets back when it wants to. */
const isFed = (group: ScannedResource, { linking }: RuleWorld): boolean =>
  linking(group).some(({ type }) => !LISTENERS.includes(type));

export const loadBalancerWithoutTargets: FindingRule = {
  id: "load-balancer-without-targets",
  finds: "load balancers that have no listener, or no target to send anything to",
  types: ["AWS::ElasticLoadBalancingV2::LoadBalancer"],
  looksAt: [GROUP, ...typesLinkingTo(GROUP)],
  days: DAYS,
  calls: ["elasticloadbalancing:DescribeTargetHealth"],
  // Without targets it carries nothing, so that its capacity units cost nothing.
  saves: { kind: "removal", parts: ["load balancer", "public IPv4 addresses"] },
  remedy: "delete it if nothing will be registered again; made anew it has another DNS name",
  command: explain,
  sources: [
    "https://aws.amazon.com/elasticloadbalancing/pricing/",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html",
    "https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html",
  ],
  async judge(resource, world) {
    const { state, createdAt } = resource;
    if (state !== "active" || isOfKubernetes(resource) || !isPast(createdAt, DAYS, world.now)) return undefined;
    const around = world.linking(resource);
    const listeners = around.filter(({ type }) => LISTENERS.includes(type));
    const groups = around.filter(({ type }) => type === GROUP);
    if (listeners.length === 0) return { found: "it has no listener" };
    if (listeners.some(answersItself) || groups.some((group) => isFed(group, world))) return undefined;
    if (groups.length === 0) return { found: "it has listeners, and no target group" };
    const health = await Promise.all(groups.map(world.health));
    if (health.includes("unknown"))
      return { unread: "whether targets are registered (elasticloadbalancing:DescribeTargetHealth)" };
    if (!health.every((each) => each === "empty")) return undefined;
    const many = groups.length === 1 ? "its target group" : `its ${groups.length} target groups`;
    return { found: `no target is registered in ${many}` };
  },
};
