import {
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSubnetCommand,
  EC2Client,
  ModifySubnetAttributeCommand,
} from "@aws-sdk/client-ec2";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { defaultNetwork, launched, ownNetwork, seven } from "./ec2.trial.ts";

contractSuite("AWS::EC2::Subnet", {
  seed: async ({ send }) => {
    const { Vpc } = await send(EC2Client, new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    return seven(async (number) => {
      const subnet = { VpcId: Vpc?.VpcId, CidrBlock: `10.0.${number}.0/24` };
      return (await send(EC2Client, new CreateSubnetCommand(subnet))).Subnet?.SubnetId;
    });
  },
  remove: ({ send }, id) => send(EC2Client, new DeleteSubnetCommand({ SubnetId: id })),
  change: ({ send }, id) =>
    send(EC2Client, new ModifySubnetAttributeCommand({ SubnetId: id, MapPublicIpOnLaunch: { Value: true } })),
});

removalSuite("AWS::EC2::Subnet", {
  seed: async (account) => (await ownNetwork(account)).subnet,
  refused: [
    { seed: async (account) => (await defaultNetwork(account)).subnet, because: /default subnet/ },
    {
      seed: async (account) => {
        const { subnet } = await ownNetwork(account);
        await launched(account, { SubnetId: subnet });
        return subnet;
      },
      because: /uses it, and stays/,
    },
  ],
});
