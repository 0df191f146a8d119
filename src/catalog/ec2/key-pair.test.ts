import {
  CreateKeyPairCommand,
  CreateTagsCommand,
  DeleteKeyPairCommand,
  DescribeKeyPairsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { seven } from "./ec2.trial.ts";

contractSuite("AWS::EC2::KeyPair", {
  seed: ({ send }) =>
    seven(async (number) => (await send(EC2Client, new CreateKeyPairCommand({ KeyName: `orders-${number}` }))).KeyName),
  remove: ({ send }, id) => send(EC2Client, new DeleteKeyPairCommand({ KeyName: id })),
  change: async ({ send }, id) => {
    const { KeyPairs = [] } = await send(EC2Client, new DescribeKeyPairsCommand({ KeyNames: [id] }));
    const Resources = KeyPairs.map((each) => each.KeyPairId ?? "");
    return send(EC2Client, new CreateTagsCommand({ Resources, Tags: [{ Key: "team", Value: "orders" }] }));
  },
  singlePage: true,
});

removalSuite("AWS::EC2::KeyPair", {
  seed: async ({ send }) => {
    await send(EC2Client, new CreateKeyPairCommand({ KeyName: "orders" }));
    return "orders";
  },
});
