import {
  CreateFargateProfileCommand,
  DeleteClusterCommand,
  EKSClient,
  TagResourceCommand,
  UpdateClusterConfigCommand,
} from "@aws-sdk/client-eks";
import type { TestAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { cluster, SETTLED_MS } from "./eks.trial.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `shop-${letter}`);

contractSuite("AWS::EKS::Cluster", {
  seed: async (account) => {
    for (const name of NAMES) await cluster(account, name);
    return NAMES;
  },
  remove: async ({ send, twin }, name) => {
    await send(EKSClient, new DeleteClusterCommand({ name }));
    await twin.clock.sleep(SETTLED_MS);
  },
  change: ({ send }, name) => {
    const resourceArn = `arn:aws:eks:eu-west-1:111111111111:cluster/${name}`;
    return send(EKSClient, new TagResourceCommand({ resourceArn, tags: { team: "orders" } }));
  },
});

const profiled = async (account: TestAccount) => {
  for (const name of ["shop", "bank"]) {
    await cluster(account, name);
    for (const fargateProfileName of ["a", "b"]) {
      const profile = {
        clusterName: name,
        fargateProfileName,
        podExecutionRoleArn: "arn:aws:iam::111111111111:role/pods",
      };
      await account.send(EKSClient, new CreateFargateProfileCommand(profile));
    }
  }
  return "shop";
};

removalSuite("AWS::EKS::Cluster", {
  seed: profiled,
  prepares: ["fargate-profiles"],
  guarded: async (account) => {
    const name = await cluster(account, "shop");
    await account.send(EKSClient, new UpdateClusterConfigCommand({ name, deletionProtection: true }));
    return name;
  },
});
