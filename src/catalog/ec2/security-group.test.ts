import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import type { TestAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { defaultNetwork, launched, seven } from "./ec2.trial.ts";

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

async function group({ send }: TestAccount, VpcId: string, GroupName: string): Promise<string> {
  const made = await send(EC2Client, new CreateSecurityGroupCommand({ VpcId, GroupName, Description: "orders" }));
  return made.GroupId ?? "";
}

removalSuite("AWS::EC2::SecurityGroup", {
  seed: async (account) => {
    const { vpc } = await defaultNetwork(account);
    const [web, db] = [await group(account, vpc, "web"), await group(account, vpc, "db")];
    const fromWeb = [{ IpProtocol: "tcp", FromPort: 5432, ToPort: 5432, UserIdGroupPairs: [{ GroupId: web }] }];
    const rule = new AuthorizeSecurityGroupIngressCommand({ GroupId: db, IpPermissions: fromWeb });
    await account.send(EC2Client, rule);
    return db;
  },
  prepares: ["revoke"],
  unusedActions: { "ec2:RevokeSecurityGroupEgress": "the seeded rule lets something in" },
  refused: [
    {
      seed: async (account) => {
        await defaultNetwork(account);
        const { SecurityGroups } = await account.send(EC2Client, new DescribeSecurityGroupsCommand({}));
        return SecurityGroups?.[0]?.GroupId ?? "";
      },
      because: /region.s default VPC/,
    },
    {
      seed: async (account) => {
        const { vpc } = await defaultNetwork(account);
        const id = await group(account, vpc, "web");
        await launched(account, { SecurityGroupIds: [id] });
        return id;
      },
      because: /uses it, and stays/,
    },
  ],
});
