import { CreateVpcCommand, DeleteVpcCommand, EC2Client, ModifyVpcAttributeCommand } from "@aws-sdk/client-ec2";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { defaultNetwork, ownNetwork, seven } from "./ec2.trial.ts";

contractSuite("AWS::EC2::VPC", {
  seed: ({ send }) =>
    seven(async (number) => {
      const made = await send(EC2Client, new CreateVpcCommand({ CidrBlock: `10.${number}.0.0/16` }));
      return made.Vpc?.VpcId;
    }),
  remove: ({ send }, id) => send(EC2Client, new DeleteVpcCommand({ VpcId: id })),
  change: ({ send }, id) =>
    send(EC2Client, new ModifyVpcAttributeCommand({ VpcId: id, EnableDnsHostnames: { Value: true } })),
});

removalSuite("AWS::EC2::VPC", {
  seed: async ({ send }) => {
    const made = await send(EC2Client, new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    return made.Vpc?.VpcId ?? "";
  },
  refused: [
    { seed: async (account) => (await defaultNetwork(account)).vpc, because: /default VPC/ },
    { seed: async (account) => (await ownNetwork(account)).vpc, because: /Subnet .* uses it, and stays/ },
  ],
});
