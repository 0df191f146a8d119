import {
  CreateRuleCommand,
  DeleteRuleCommand,
  ElasticLoadBalancingV2Client,
  type Rule,
  SetRulePrioritiesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import type { Found } from "../contract.ts";
import { writeScope } from "../scope.ts";
import { seedBalancers } from "./elasticloadbalancingv2.trial.ts";
import entry from "./listener-rule.ts";

contractSuite("AWS::ElasticLoadBalancingV2::ListenerRule", {
  seed: async (account) => (await seedBalancers(account)).rules,
  remove: ({ send }, RuleArn) => send(ElasticLoadBalancingV2Client, new DeleteRuleCommand({ RuleArn })),
  change: ({ send }, RuleArn) => {
    const RulePriorities = [{ RuleArn, Priority: 20 }];
    return send(ElasticLoadBalancingV2Client, new SetRulePrioritiesCommand({ RulePriorities }));
  },
});

// Its load balancer, its listener and the rule beside it stay.
removalSuite("AWS::ElasticLoadBalancingV2::ListenerRule", {
  seed: async (account) => {
    const { listeners, groups } = await seedBalancers(account);
    const asked = {
      ListenerArn: listeners[0],
      Priority: 20,
      Conditions: [{ Field: "path-pattern", Values: ["/c/*"] }],
      Actions: [{ Type: "forward" as const, TargetGroupArn: groups[0] }],
    };
    const made = await account.send(ElasticLoadBalancingV2Client, new CreateRuleCommand(asked));
    return made.Rules?.[0]?.RuleArn ?? "";
  },
});

it("removes the one that is named and no other", async () => {
  const account = await testAccount();
  const { rules: arns } = await seedBalancers(account);
  const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
  const [arn = "", ...others] = arns;
  const found = await entry.read(scope, arn);
  if (!found) throw new Error("it is gone");
  expect(entry.removal.inspect(found)).toEqual({});
  await entry.removal.remove(scope, found);

  expect(await entry.read(scope, arn)).toBeUndefined();
  for (const other of others) expect(await entry.read(scope, other)).toBeDefined();
  const all: Found[] = [];
  for await (const each of entry.list(scope)) all.push(each);
  const standard = all.find(({ configuration }) => (configuration as Rule).IsDefault);
  expect(standard && entry.removal.inspect(standard)).toMatchObject({
    refuses: expect.stringMatching(/default rule/),
  });
});
