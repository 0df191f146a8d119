import {
  AllocateAddressCommand,
  CreateNatGatewayCommand,
  DeleteNatGatewayCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { defaultNetwork, seven, tag } from "./ec2.trial.ts";

contractSuite("AWS::EC2::NatGateway", {
  seed: async (account) => {
    const { subnet } = await defaultNetwork(account);
    return seven(async () => {
      const { AllocationId } = await account.send(EC2Client, new AllocateAddressCommand({}));
      const made = await account.send(EC2Client, new CreateNatGatewayCommand({ SubnetId: subnet, AllocationId }));
      return made.NatGateway?.NatGatewayId;
    });
  },
  remove: ({ send }, id) => send(EC2Client, new DeleteNatGatewayCommand({ NatGatewayId: id })),
  change: tag,
});
