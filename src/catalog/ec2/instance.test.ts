import {
  EC2Client,
  ModifyInstanceAttributeCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { describe } from "vitest";
import type { TestAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { defaultNetwork, launched, rowsOf } from "./ec2.trial.ts";

contractSuite("AWS::EC2::Instance", {
  seed: async (account) => {
    await defaultNetwork(account);
    const launch = { ImageId: "ami-0123456789abcdef0", InstanceType: "t3.micro", MinCount: 7, MaxCount: 7 } as const;
    const { Instances = [] } = await account.send(EC2Client, new RunInstancesCommand(launch));
    return Instances.map((each) => each.InstanceId ?? "");
  },
  remove: async ({ send, twin }, id) => {
    await send(EC2Client, new TerminateInstancesCommand({ InstanceIds: [id] }));
    await twin.clock.sleep(120_000);
  },
  change: ({ send }, id) =>
    send(EC2Client, new ModifyInstanceAttributeCommand({ InstanceId: id, SourceDestCheck: { Value: false } })),
});

const server =
  (more: Parameters<typeof launched>[1] = {}) =>
  async (account: TestAccount) => {
    await defaultNetwork(account);
    return launched(account, more);
  };

describe("with stop protection", () => {
  removalSuite("AWS::EC2::Instance", { seed: server(), guarded: server({ DisableApiStop: true }) });
});

removalSuite("AWS::EC2::Instance", {
  seed: server(),
  guarded: server({ DisableApiTermination: true }),
  refused: [
    {
      seed: async (account) => {
        const id = await server()(account);
        for (const row of rowsOf(account, "ec2.instance"))
          row.Operator = { Managed: true, Principal: "eks.amazonaws.com" };
        return id;
      },
      because: /managed by eks\.amazonaws\.com/,
    },
    {
      seed: async (account) => {
        const id = await server()(account);
        await account.send(EC2Client, new TerminateInstancesCommand({ InstanceIds: [id] }));
        for (const move of rowsOf(account, "ec2.instance-move")) move.until = Number.MAX_SAFE_INTEGER;
        return id;
      },
      because: /on its way out already: shutting-down/,
    },
    {
      // Its request stays, and so would launch another one.
      seed: async (account) => {
        const spot = { MarketType: "spot", SpotOptions: { SpotInstanceType: "persistent" } } as const;
        const id = await server({ InstanceMarketOptions: spot })(account);
        for (const row of rowsOf(account, "ec2.spot-request")) row.Tags = [{ Key: "evenkeel:protect", Value: "true" }];
        return id;
      },
      because: /SpotInstanceRequest sir-/,
    },
  ],
});
