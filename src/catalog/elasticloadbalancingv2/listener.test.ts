import {
  CreateListenerCommand,
  DeleteListenerCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { writeScope } from "../scope.ts";
import { seedBalancers } from "./elasticloadbalancingv2.trial.ts";
import entry from "./listener.ts";

contractSuite("AWS::ElasticLoadBalancingV2::Listener", {
  seed: async (account) => (await seedBalancers(account)).listeners,
  remove: ({ send }, ListenerArn) => send(ElasticLoadBalancingV2Client, new DeleteListenerCommand({ ListenerArn })),
  change: ({ send }, ListenerArn) =>
    send(
      ElasticLoadBalancingV2Client,
      new ModifyListenerCommand({ ListenerArn, SslPolicy: "ELBSecurityPolicy-2016-08" }),
    ),
});

// Its load balancer and the listener beside it stay.
removalSuite("AWS::ElasticLoadBalancingV2::Listener", {
  seed: async (account) => {
    const { balancers, groups } = await seedBalancers(account);
    const asked = {
      LoadBalancerArn: balancers[0],
      Protocol: "HTTP" as const,
      Port: 8080,
      DefaultActions: [{ Type: "forward" as const, TargetGroupArn: groups[0] }],
    };
    const made = await account.send(ElasticLoadBalancingV2Client, new CreateListenerCommand(asked));
    return made.Listeners?.[0]?.ListenerArn ?? "";
  },
});

it("removes the one that is named and no other", async () => {
  const account = await testAccount();
  const { listeners: arns } = await seedBalancers(account);
  const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
  const [arn = "", ...others] = arns;
  const found = await entry.read(scope, arn);
  if (!found) throw new Error("it is gone");
  expect(entry.removal.inspect()).toEqual({});
  await entry.removal.remove(scope, found);

  expect(await entry.read(scope, arn)).toBeUndefined();
  for (const other of others) expect(await entry.read(scope, other)).toBeDefined();
});
