import { CreateVpcCommand, DeleteVpcCommand, EC2Client, ModifyVpcAttributeCommand } from "@aws-sdk/client-ec2";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { seven } from "./ec2.trial.ts";

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
