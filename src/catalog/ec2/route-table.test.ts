import {
  AssociateRouteTableCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  DeleteRouteTableCommand,
  DescribeInternetGatewaysCommand,
  DescribeRouteTablesCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { defaultNetwork, ownNetwork, seven } from "./ec2.trial.ts";

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

removalSuite("AWS::EC2::RouteTable", {
  seed: async (account) => {
    const { vpc: VpcId, subnet: SubnetId } = await ownNetwork(account);
    const { RouteTable = {} } = await account.send(EC2Client, new CreateRouteTableCommand({ VpcId }));
    const { RouteTableId } = RouteTable;
    await account.send(EC2Client, new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
    return RouteTableId ?? "";
  },
  prepares: ["disassociate"],
  refused: [
    {
      seed: async (account) => {
        await ownNetwork(account);
        const { RouteTables } = await account.send(EC2Client, new DescribeRouteTablesCommand({}));
        return RouteTables?.[0]?.RouteTableId ?? "";
      },
      because: /main route table/,
    },
  ],
});
