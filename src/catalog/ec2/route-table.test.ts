import {
  CreateRouteCommand,
  CreateRouteTableCommand,
  DeleteRouteTableCommand,
  DescribeInternetGatewaysCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { defaultNetwork, seven } from "./ec2.trial.ts";

contractSuite("AWS::EC2::RouteTable", {
  seed: async (account) => {
    const { vpc } = await defaultNetwork(account);
    return seven(async () => {
      const made = await account.send(EC2Client, new CreateRouteTableCommand({ VpcId: vpc }));
      return made.RouteTable?.RouteTableId;
    });
  },
  remove: ({ send }, id) => send(EC2Client, new DeleteRouteTableCommand({ RouteTableId: id })),
  change: async ({ send }, id) => {
    const { InternetGateways = [] } = await send(EC2Client, new DescribeInternetGatewaysCommand({}));
    const GatewayId = InternetGateways[0]?.InternetGatewayId;
    const route = { RouteTableId: id, DestinationCidrBlock: "0.0.0.0/0", GatewayId };
    return send(EC2Client, new CreateRouteCommand(route));
  },
});
