import {
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  EC2Client,
  ModifyVpcEndpointCommand,
} from "@aws-sdk/client-ec2";
import type { TestAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { defaultNetwork, rowsOf, seven } from "./ec2.trial.ts";

const POLICY = JSON.stringify({
  Statement: [{ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" }],
});

contractSuite("AWS::EC2::VPCEndpoint", {
  seed: async (account) => {
    const { vpc, subnet } = await defaultNetwork(account);
    return seven(async () => {
      const service = { ServiceName: "com.amazonaws.eu-west-1.sqs", VpcEndpointType: "Interface" } as const;
      const endpoint = { VpcId: vpc, SubnetIds: [subnet], ...service };
      return (await account.send(EC2Client, new CreateVpcEndpointCommand(endpoint))).VpcEndpoint?.VpcEndpointId;
    });
  },
  remove: async ({ send, twin }, id) => {
    await send(EC2Client, new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }));
    await twin.clock.sleep(120_000);
  },
  change: ({ send }, id) =>
    send(EC2Client, new ModifyVpcEndpointCommand({ VpcEndpointId: id, PolicyDocument: POLICY })),
});

async function entrance(account: TestAccount): Promise<string> {
  const { vpc, subnet } = await defaultNetwork(account);
  const service = { ServiceName: "com.amazonaws.eu-west-1.sqs", VpcEndpointType: "Interface" } as const;
  const endpoint = { VpcId: vpc, SubnetIds: [subnet], ...service };
  return (await account.send(EC2Client, new CreateVpcEndpointCommand(endpoint))).VpcEndpoint?.VpcEndpointId ?? "";
}

removalSuite("AWS::EC2::VPCEndpoint", {
  seed: entrance,
  refused: [
    {
      seed: async (account) => {
        const id = await entrance(account);
        for (const row of rowsOf(account, "ec2.vpc-endpoint")) row.RequesterManaged = true;
        return id;
      },
      because: /the service that made it/,
    },
  ],
});
