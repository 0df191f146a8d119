import {
  CreateNetworkInterfaceCommand,
  DeleteNetworkInterfaceCommand,
  EC2Client,
  ModifyNetworkInterfaceAttributeCommand,
} from "@aws-sdk/client-ec2";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { defaultNetwork, seven } from "./ec2.trial.ts";

contractSuite("AWS::EC2::NetworkInterface", {
  seed: async (account) => {
    const { subnet } = await defaultNetwork(account);
    return seven(async () => {
      const made = await account.send(EC2Client, new CreateNetworkInterfaceCommand({ SubnetId: subnet }));
      return made.NetworkInterface?.NetworkInterfaceId;
    });
  },
  remove: ({ send }, id) => send(EC2Client, new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id })),
  change: ({ send }, id) => {
    const SourceDestCheck = { Value: false };
    return send(EC2Client, new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: id, SourceDestCheck }));
  },
});
