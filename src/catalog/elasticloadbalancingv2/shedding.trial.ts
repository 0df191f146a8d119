import {
  type Action,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client as ELB,
  ModifyListenerCommand,
  ModifyRuleCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { TestAccount } from "../../../tests/contract/account.ts";
import { isListenerArn } from "../../model/arn.ts";
import type { Weights } from "../../model/weights.ts";

/** A listener whose requests can be spread over three target groups. */
export interface Spread {
  readonly listener: string;
  /** Standby and spare receive what the primary sheds. */
  readonly groups: Readonly<Record<"primary" | "standby" | "spare", string>>;
}

/** A forward action by weights, its stickiness and all. */
export function forwarding(weights: Weights): Action {
  const TargetGroups = Object.entries(weights).map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }));
  const TargetGroupStickinessConfig = { Enabled: true, DurationSeconds: 3600 };
  return { Type: "forward", ForwardConfig: { TargetGroups, TargetGroupStickinessConfig } };
}

/** A load balancer with a listener whose default rule forwards to the primary alone. */
export async function seedSpread({ send }: TestAccount): Promise<Spread> {
  const named = async (Name: string) => {
    const command = new CreateTargetGroupCommand({ Name, Protocol: "HTTP", Port: 80, VpcId: "vpc-0a" });
    return (await send(ELB, command)).TargetGroups?.[0]?.TargetGroupArn ?? "";
  };
  const groups = { primary: await named("primary"), standby: await named("standby"), spare: await named("spare") };
  const balancer = new CreateLoadBalancerCommand({ Name: "web", Subnets: ["subnet-0a", "subnet-0b"] });
  const LoadBalancerArn = (await send(ELB, balancer)).LoadBalancers?.[0]?.LoadBalancerArn;
  const DefaultActions: Action[] = [{ Type: "forward", TargetGroupArn: groups.primary }];
  const listener = new CreateListenerCommand({ LoadBalancerArn, Protocol: "HTTP", Port: 80, DefaultActions });
  return { listener: (await send(ELB, listener)).Listeners?.[0]?.ListenerArn ?? "", groups };
}

/** Adds a rule; tells its ARN. */
export async function seedRule({ send }: TestAccount, ListenerArn: string, Priority: number, Actions: Action[]) {
  const Conditions = [{ Field: "path-pattern", Values: [`/${Priority}/*`] }];
  const made = await send(ELB, new CreateRuleCommand({ ListenerArn, Priority, Conditions, Actions }));
  return made.Rules?.[0]?.RuleArn ?? "";
}

/** Sets a rule's actions, or a listener's default ones, as somebody else would. */
export async function setActions({ send }: TestAccount, rule: string, actions: Action[]): Promise<void> {
  if (isListenerArn(rule)) await send(ELB, new ModifyListenerCommand({ ListenerArn: rule, DefaultActions: actions }));
  else await send(ELB, new ModifyRuleCommand({ RuleArn: rule, Actions: actions }));
}
