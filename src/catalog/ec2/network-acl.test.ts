import {
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  DeleteNetworkAclCommand,
  DescribeNetworkAclsCommand,
  EC2Client,
  ReplaceNetworkAclAssociationCommand,
} from "@aws-sdk/client-ec2";
import type { TestAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { defaultNetwork, ownNetwork, seven } from "./ec2.trial.ts";

const made = async ({ send }: TestAccount, VpcId: string) =>
  (await send(EC2Client, new CreateNetworkAclCommand({ VpcId }))).NetworkAcl?.NetworkAclId ?? "";

const listed = async ({ send }: TestAccount) =>
  (await send(EC2Client, new DescribeNetworkAclsCommand({}))).NetworkAcls ?? [];

contractSuite("AWS::EC2::NetworkAcl", {
  seed: async (account) => {
    const { vpc } = await defaultNetwork(account);
    return seven(() => made(account, vpc));
  },
  remove: ({ send }, id) => send(EC2Client, new DeleteNetworkAclCommand({ NetworkAclId: id })),
  change: ({ send }, id) => {
    const rule = {
      RuleNumber: 100,
      Protocol: "6",
      RuleAction: "allow",
      Egress: false,
      CidrBlock: "10.0.0.0/8",
    } as const;
    return send(EC2Client, new CreateNetworkAclEntryCommand({ NetworkAclId: id, ...rule }));
  },
});

removalSuite("AWS::EC2::NetworkAcl", {
  seed: async (account) => {
    const { vpc } = await ownNetwork(account);
    const id = await made(account, vpc);
    const [acl] = (await listed(account)).filter(({ IsDefault }) => IsDefault);
    const AssociationId = acl?.Associations?.[0]?.NetworkAclAssociationId;
    const moved = new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId: id });
    await account.send(EC2Client, moved);
    return id;
  },
  prepares: ["disassociate"],
  refused: [
    {
      seed: async (account) => {
        await ownNetwork(account);
        return (await listed(account))[0]?.NetworkAclId ?? "";
      },
      because: /default network ACL/,
    },
  ],
});
