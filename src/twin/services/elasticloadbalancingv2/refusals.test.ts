import {
  CreateRuleCommand,
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client as ELB,
  ModifyLoadBalancerAttributesCommand,
  ModifyRuleCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect, it } from "vitest";
import { type TestAccount, testAccount } from "../../../../tests/contract/account.ts";
import { type Balanced, seedBalancers } from "../../../catalog/elasticloadbalancingv2/elasticloadbalancingv2.trial.ts";

async function seeded(): Promise<TestAccount & { readonly made: Balanced }> {
  const account = await testAccount();
  return { ...account, made: await seedBalancers(account) };
}

const refused = (awsCode: string) => ({ details: { awsCode } });

it("refuses more than five groups in a forward action, and weights above 999", async () => {
  const { send, made } = await seeded();
  const weighted = (groups: readonly string[], Weight: number) => {
    const TargetGroups = groups.map((TargetGroupArn) => ({ TargetGroupArn, Weight }));
    return new ModifyRuleCommand({
      RuleArn: made.rules[0],
      Actions: [{ Type: "forward", ForwardConfig: { TargetGroups } }],
    });
  };

  await expect(send(ELB, weighted(made.groups.slice(0, 6), 1))).rejects.toMatchObject(refused("TooManyTargetGroups"));
  await expect(send(ELB, weighted(made.groups.slice(0, 2), 1000))).rejects.toMatchObject(refused("ValidationError"));
  const changed = await send(ELB, weighted(made.groups.slice(0, 2), 0));

  expect(changed.Rules?.[0]?.Actions?.[0]?.ForwardConfig?.TargetGroups).toHaveLength(2);
});

it("refuses a priority that is taken, a group in use and a protected load balancer", async () => {
  const { send, made } = await seeded();
  const [ListenerArn, TargetGroupArn, LoadBalancerArn] = [made.listeners[0], made.groups[0], made.balancers[0]];
  const Actions = [{ Type: "forward" as const, TargetGroupArn }];
  const Attributes = [{ Key: "deletion_protection.enabled", Value: "true" }];
  await send(ELB, new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));

  const taken = new CreateRuleCommand({ ListenerArn, Priority: 10, Conditions: [], Actions });
  await expect(send(ELB, taken)).rejects.toMatchObject(refused("PriorityInUse"));
  await expect(send(ELB, new DeleteTargetGroupCommand({ TargetGroupArn }))).rejects.toMatchObject(
    refused("ResourceInUse"),
  );
  await expect(send(ELB, new DeleteLoadBalancerCommand({ LoadBalancerArn }))).rejects.toMatchObject(
    refused("OperationNotPermitted"),
  );
});

it("gives tags of twenty resources a call at most", async () => {
  const { send, made } = await seeded();
  const ResourceArns = [...made.balancers, ...made.listeners, ...made.rules];

  const outcome = send(ELB, new DescribeTagsCommand({ ResourceArns }));

  await expect(outcome).rejects.toMatchObject(refused("ValidationError"));
});
