import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateVpcCommand,
  DeleteInternetGatewayCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { seven } from "./ec2.trial.ts";

contractSuite("AWS::EC2::InternetGateway", {
  seed: ({ send }) =>
    seven(async () => {
      const made = await send(EC2Client, new CreateInternetGatewayCommand({}));
      return made.InternetGateway?.InternetGatewayId;
    }),
  remove: ({ send }, id) => send(EC2Client, new DeleteInternetGatewayCommand({ InternetGatewayId: id })),
  change: async ({ send }, id) => {
    const { Vpc } = await send(EC2Client, new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    return send(EC2Client, new AttachInternetGatewayCommand({ InternetGatewayId: id, VpcId: Vpc?.VpcId }));
  },
});
