import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { defaultNetwork, seven } from "./ec2.trial.ts";

const HTTPS = [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }];

contractSuite("AWS::EC2::SecurityGroup", {
  seed: async (account) => {
    const { vpc } = await defaultNetwork(account);
    return seven(async (number) => {
      const group = { VpcId: vpc, GroupName: `orders-${number}`, Description: "orders" };
      return (await account.send(EC2Client, new CreateSecurityGroupCommand(group))).GroupId;
    });
  },
  remove: ({ send }, id) => send(EC2Client, new DeleteSecurityGroupCommand({ GroupId: id })),
  change: ({ send }, id) =>
    send(EC2Client, new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: HTTPS })),
});
