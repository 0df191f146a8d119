import { DeleteClusterCommand, EKSClient, TagResourceCommand } from "@aws-sdk/client-eks";
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
