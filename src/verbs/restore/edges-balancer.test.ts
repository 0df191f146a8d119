import {
  CreateListenerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client as ELB,
  ModifyRuleCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { describe, expect, it } from "vitest";
import { type EdgeTrial, edgeTrial, notApplied, reasonOf, removed } from "../../../tests/contract/edges.ts";
import { seedBalancers } from "../../catalog/elasticloadbalancingv2/elasticloadbalancingv2.trial.ts";

/** A load balancer of the baseline; then a target group of somebody's, and a rule and a listener that forward to these. */
async function balanced() {
  const trial = await edgeTrial();
  const { listeners, balancers } = await seedBalancers(trial);
  await trial.baseline();
  const target = { Protocol: "HTTP" as const, Port: 80, VpcId: "vpc-0a" };
  const made = await trial.send(ELB, new CreateTargetGroupCommand({ Name: "left-behind", ...target }));
  const group = made.TargetGroups?.[0]?.TargetGroupArn ?? "";
  const [ListenerArn = "", LoadBalancerArn = ""] = [listeners[0], balancers[0]];
  return { trial, group, ListenerArn, LoadBalancerArn };
}

const forward = (TargetGroupArn: string) => ({ Type: "forward" as const, TargetGroupArn });

async function rule({ send }: EdgeTrial, ListenerArn: string, group: string, Priority = 20): Promise<string> {
  const Conditions = [{ Field: "path-pattern", Values: ["/left/*"] }];
  const asked = { ListenerArn, Priority, Conditions, Actions: [forward(group)] };
  return (await send(ELB, new CreateRuleCommand(asked))).Rules?.[0]?.RuleArn ?? "";
}

describe("on a load balancer of the baseline", () => {
  it("an added rule goes, and after it in the same run the target group that only it used", async () => {
    const { trial, group, ListenerArn } = await balanced();
    const added = await rule(trial, ListenerArn, group);
    const plan = await trial.planned();

    expect(removed(plan).sort()).toEqual([added, group].sort());
    const [first, then] = [added, group].map((id) => plan.steps.find(({ target }) => target.id === id));
    expect(then?.after).toContain(first?.id);
    expect(notApplied(await trial.run(plan))).toEqual([]);
    expect(removed(await trial.planned())).toEqual([]);
  });

  it("an added listener goes with what it forwards to, and the load balancer stays", async () => {
    const { trial, group, LoadBalancerArn } = await balanced();
    const listening = { Protocol: "HTTP" as const, Port: 8080, DefaultActions: [forward(group)] };
    const made = await trial.send(ELB, new CreateListenerCommand({ LoadBalancerArn, ...listening }));
    const listener = made.Listeners?.[0]?.ListenerArn ?? "";
    const plan = await trial.planned();

    expect(removed(plan).sort()).toEqual([listener, group].sort());
    expect(notApplied(await trial.run(plan))).toEqual([]);
    expect(removed(await trial.planned())).toEqual([]);
  });

  it("a target group that a rule of the baseline has come to use stays, with who uses it as the reason", async () => {
    const trial = await edgeTrial();
    const [ListenerArn = ""] = (await seedBalancers(trial)).listeners;
    const target = { Name: "left-behind", Protocol: "HTTP" as const, Port: 80, VpcId: "vpc-0a" };
    const before = await trial.send(ELB, new CreateTargetGroupCommand({ ...target, Name: "old" }));
    const old = await rule(trial, ListenerArn, before.TargetGroups?.[0]?.TargetGroupArn ?? "", 30);
    await trial.baseline();
    const made = await trial.send(ELB, new CreateTargetGroupCommand(target));
    const group = made.TargetGroups?.[0]?.TargetGroupArn ?? "";
    await trial.send(ELB, new ModifyRuleCommand({ RuleArn: old, Actions: [forward(group)] }));
    const added = await rule(trial, ListenerArn, group);
    const plan = await trial.planned();

    expect(removed(plan)).toEqual([added]);
    expect(reasonOf(plan, group)).toMatch(/uses it, and stays/);
    await trial.run(plan);
    expect(Object.keys(trial.rows("elasticloadbalancing.target-group"))).toContain(group);
  });
});
