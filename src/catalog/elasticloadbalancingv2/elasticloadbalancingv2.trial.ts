import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client as ELB,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { ACCOUNT, type TestAccount } from "../../../tests/contract/account.ts";

const LETTERS = ["a", "b", "c", "d", "e", "f", "g"];
const Tags = [{ Key: "team", Value: "web" }];
const Certificates = [{ CertificateArn: `arn:aws:acm:eu-west-1:${ACCOUNT}:certificate/0a` }];

/** The ARNs of what {@link seedBalancers} made, one of each kind a load balancer. */
export interface Balanced {
  readonly balancers: string[];
  readonly listeners: string[];
  readonly rules: string[];
  readonly groups: string[];
}

const forwardTo = (TargetGroupArn: string) => ({
  Type: "forward" as const,
  ForwardConfig: { TargetGroups: [{ TargetGroupArn, Weight: 100 }] },
});

/** Seven load balancers, each with a listener, a rule and a target group that both forward to. */
export async function seedBalancers({ send }: TestAccount): Promise<Balanced> {
  const made: Balanced = { balancers: [], listeners: [], rules: [], groups: [] };
  for (const letter of LETTERS) {
    const balancerInput = {
      Name: `web-${letter}`,
      Subnets: ["subnet-0b", "subnet-0a"],
      SecurityGroups: ["sg-0a"],
      Tags,
    };
    const balancers = await send(ELB, new CreateLoadBalancerCommand(balancerInput));
    const groupInput = { Name: `web-${letter}`, Protocol: "HTTP" as const, Port: 80, VpcId: "vpc-0a", Tags };
    const groups = await send(ELB, new CreateTargetGroupCommand(groupInput));
    const LoadBalancerArn = balancers.LoadBalancers?.[0]?.LoadBalancerArn ?? "";
    const group = groups.TargetGroups?.[0]?.TargetGroupArn ?? "";
    const secure = { Protocol: "HTTPS" as const, Port: 443, Certificates };
    const listenerInput = { LoadBalancerArn, ...secure, DefaultActions: [forwardTo(group)], Tags };
    const listeners = await send(ELB, new CreateListenerCommand(listenerInput));
    const ListenerArn = listeners.Listeners?.[0]?.ListenerArn ?? "";
    const Conditions = [{ Field: "path-pattern", Values: ["/b/*", "/a/*"] }];
    const ruleInput = { ListenerArn, Priority: 10, Conditions, Actions: [forwardTo(group)], Tags };
    const rules = await send(ELB, new CreateRuleCommand(ruleInput));
    made.balancers.push(LoadBalancerArn);
    made.listeners.push(ListenerArn);
    made.rules.push(rules.Rules?.[0]?.RuleArn ?? "");
    made.groups.push(group);
  }
  return made;
}
