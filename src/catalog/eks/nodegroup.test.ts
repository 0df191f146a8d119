import { DeleteNodegroupCommand, EKSClient, UpdateNodegroupConfigCommand } from "@aws-sdk/client-eks";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { redactor } from "../../model/redact.ts";
import { toResource } from "../resource.ts";
import { readScope } from "../scope.ts";
import { cluster, nodegroup, SETTLED_MS } from "./eks.trial.ts";
import { facts } from "./nodegroup.facts.ts";
import entry from "./nodegroup.ts";

const NAMES = ["a", "b", "c", "d"].map((letter) => `workers-${letter}`);

function named(id: string) {
  const [clusterName = "", nodegroupName = ""] = id.split("/");
  return { clusterName, nodegroupName };
}

contractSuite("AWS::EKS::Nodegroup", {
  seed: async (account) => {
    const ids: string[] = [];
    for (const clusterName of ["bank", "shop"]) {
      await cluster(account, clusterName);
      for (const nodegroupName of NAMES) ids.push(await nodegroup(account, clusterName, { nodegroupName }));
    }
    return ids;
  },
  remove: async ({ send, twin }, id) => {
    await send(EKSClient, new DeleteNodegroupCommand(named(id)));
    await twin.clock.sleep(SETTLED_MS);
  },
  change: async ({ send, twin }, id) => {
    const scalingConfig = { minSize: 1, maxSize: 5, desiredSize: 2 };
    await send(EKSClient, new UpdateNodegroupConfigCommand({ ...named(id), scalingConfig }));
    await twin.clock.sleep(SETTLED_MS);
  },
});

it("owns its Auto Scaling group and the instances in it, so that what protects them protects it", async () => {
  const account = await testAccount();
  const id = await nodegroup(account, await cluster(account, "shop"));
  const found = await entry.read(readScope(account.connection, HERE, { signal: new AbortController().signal }), id);
  if (!found) throw new Error("it is gone");
  const redact = redactor(Buffer.from("key"));
  const { account: owner, partition } = account.connection;
  const { links } = toResource(facts, found, { account: owner, partition, region: HERE, redact });
  const owned = links.filter(({ kind }) => kind === "owns").map(({ type }) => type);

  expect(owned).toEqual(["AWS::AutoScaling::AutoScalingGroup", "AWS::EC2::Instance", "AWS::EC2::Instance"]);
});

removalSuite("AWS::EKS::Nodegroup", {
  seed: async (account) => {
    const clusterName = await cluster(account, "shop");
    await nodegroup(account, clusterName, { nodegroupName: "others" });
    return nodegroup(account, clusterName);
  },
});
