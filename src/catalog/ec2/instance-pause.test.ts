import { EC2Client, RunInstancesCommand, type RunInstancesRequest } from "@aws-sdk/client-ec2";
import type { TestAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import { defaultNetwork } from "./ec2.trial.ts";

async function run(account: TestAccount, more: Partial<RunInstancesRequest> = {}): Promise<string> {
  await defaultNetwork(account);
  const request = { ImageId: "ami-0a1b2c3d4e5f60718", InstanceType: "m6i.large" as const, MinCount: 1, MaxCount: 1 };
  const answer = await account.send(EC2Client, new RunInstancesCommand({ ...request, ...more }));
  return answer.Instances?.[0]?.InstanceId ?? "";
}

pauseSuite("AWS::EC2::Instance", {
  seed: (account) => run(account),
  keeps: [{ why: /Spot/, seed: (account) => run(account, { InstanceMarketOptions: { MarketType: "spot" } }) }],
  // The default subnets give public addresses, which a stop takes back.
  lost: ["publicAddress"],
});
