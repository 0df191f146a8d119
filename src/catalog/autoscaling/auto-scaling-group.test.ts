import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  type CreateAutoScalingGroupCommandInput,
  DeleteAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import { CreateDefaultVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import type { AccountId } from "../../model/brand.ts";
import { redactor } from "../../model/redact.ts";
import type { Link } from "../../model/resource.ts";
import { cluster, nodegroup } from "../eks/eks.trial.ts";
import { toResource } from "../resource.ts";
import { readScope } from "../scope.ts";
import { facts } from "./auto-scaling-group.facts.ts";
import { smallGroup } from "./auto-scaling-group.trial.ts";
import entry from "./auto-scaling-group.ts";

/** Until the members of a deleted group are gone. */
const LEFT_MS = 600_000;

const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `web-${letter}`);

contractSuite("AWS::AutoScaling::AutoScalingGroup", {
  seed: async ({ send }) => {
    for (const AutoScalingGroupName of NAMES)
      await send(
        AutoScalingClient,
        new CreateAutoScalingGroupCommand({
          AutoScalingGroupName,
          LaunchTemplate: { LaunchTemplateId: "lt-0a1b2c3d4e5f60718", Version: "$Latest" },
          MinSize: 1,
          MaxSize: 3,
          VPCZoneIdentifier: "subnet-0b,subnet-0a",
          Tags: [{ Key: "team", Value: "web", PropagateAtLaunch: true }],
        }),
      );
    return NAMES;
  },
  remove: async ({ send, twin }, AutoScalingGroupName) => {
    await send(AutoScalingClient, new DeleteAutoScalingGroupCommand({ AutoScalingGroupName, ForceDelete: true }));
    await twin.clock.sleep(LEFT_MS);
  },
  change: ({ send }, AutoScalingGroupName) =>
    send(AutoScalingClient, new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, MaxSize: 5 })),
});

async function two(account: TestAccount, more: Partial<CreateAutoScalingGroupCommandInput> = {}): Promise<string> {
  await account.send(EC2Client, new CreateDefaultVpcCommand({}));
  await smallGroup(account, "other");
  return smallGroup(account, "web", more);
}

removalSuite("AWS::AutoScaling::AutoScalingGroup", {
  seed: two,
  guarded: (account) => two(account, { NewInstancesProtectedFromScaleIn: true }),
});

describe("with deletion protection", () => {
  removalSuite("AWS::AutoScaling::AutoScalingGroup", {
    seed: two,
    guarded: (account) => two(account, { DeletionProtection: "prevent-force-deletion" }),
  });
});

it("leads to its node group, which has the cluster's name in its id", async () => {
  const account = await testAccount();
  await nodegroup(account, await cluster(account, "shop"));
  const scope = readScope(account.connection, HERE, { signal: new AbortController().signal });
  const finding = {
    account: ACCOUNT as AccountId,
    partition: "aws",
    region: HERE,
    redact: redactor(Buffer.from("key")),
  };
  const links: Link[] = [];
  for await (const found of entry.list(scope)) links.push(...toResource(facts, found, finding).links);

  expect(links.find(({ type }) => type === "AWS::EKS::Nodegroup")?.to).toBe("shop/workers");
});
