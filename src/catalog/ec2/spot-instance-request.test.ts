import {
  CancelSpotInstanceRequestsCommand,
  DescribeSpotInstanceRequestsCommand,
  EC2Client,
  type SpotInstanceType,
} from "@aws-sdk/client-ec2";
import type { TestAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { defaultNetwork, launched, rowsOf, seven, tag } from "./ec2.trial.ts";

/** The request of an instance that it has launched. */
async function fulfilled(account: TestAccount, SpotInstanceType: SpotInstanceType): Promise<string> {
  const InstanceMarketOptions = { MarketType: "spot", SpotOptions: { SpotInstanceType } } as const;
  const id = await launched(account, { InstanceMarketOptions });
  const Filters = [{ Name: "instance-id", Values: [id] }];
  const asked = new DescribeSpotInstanceRequestsCommand({ Filters });
  return (await account.send(EC2Client, asked)).SpotInstanceRequests?.[0]?.SpotInstanceRequestId ?? "";
}

contractSuite("AWS::EC2::SpotInstanceRequest", {
  seed: async (account) => {
    await defaultNetwork(account);
    return seven(() => fulfilled(account, "persistent"));
  },
  remove: ({ send }, id) => send(EC2Client, new CancelSpotInstanceRequestsCommand({ SpotInstanceRequestIds: [id] })),
  change: tag,
});

removalSuite("AWS::EC2::SpotInstanceRequest", {
  // Open: nothing was launched for it.
  seed: async (account) => {
    await defaultNetwork(account);
    const id = await fulfilled(account, "persistent");
    for (const row of rowsOf(account, "ec2.spot-request")) {
      row.State = "open";
      delete row.InstanceId;
    }
    return id;
  },
  refused: (["persistent", "one-time"] as const).map((type) => ({
    seed: async (account) => {
      await defaultNetwork(account);
      return fulfilled(account, type);
    },
    because: /belongs to .*Instance i-\w+, which stays/,
  })),
});
