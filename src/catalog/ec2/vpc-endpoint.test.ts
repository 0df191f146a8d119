import {
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  EC2Client,
  ModifyVpcEndpointCommand,
} from "@aws-sdk/client-ec2";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { defaultNetwork, seven } from "./ec2.trial.ts";

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
  remove: ({ send }, id) => send(EC2Client, new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] })),
  change: ({ send }, id) =>
    send(EC2Client, new ModifyVpcEndpointCommand({ VpcEndpointId: id, PolicyDocument: POLICY })),
});
