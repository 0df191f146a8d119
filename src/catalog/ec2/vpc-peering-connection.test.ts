import {
  AcceptVpcPeeringConnectionCommand,
  CreateVpcCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteVpcPeeringConnectionCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import type { TestAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { rowsOf, seven, tag } from "./ec2.trial.ts";

async function peered({ send }: TestAccount, number = 1): Promise<string> {
  const vpc = async (CidrBlock: string) => (await send(EC2Client, new CreateVpcCommand({ CidrBlock }))).Vpc?.VpcId;
  const [VpcId, PeerVpcId] = [await vpc(`10.${number}.0.0/16`), await vpc(`10.${number + 100}.0.0/16`)];
  const made = await send(EC2Client, new CreateVpcPeeringConnectionCommand({ VpcId, PeerVpcId }));
  return made.VpcPeeringConnection?.VpcPeeringConnectionId ?? "";
}

contractSuite("AWS::EC2::VPCPeeringConnection", {
  seed: (account) => seven((number) => peered(account, number)),
  remove: ({ send }, id) => send(EC2Client, new DeleteVpcPeeringConnectionCommand({ VpcPeeringConnectionId: id })),
  change: tag,
});

removalSuite("AWS::EC2::VPCPeeringConnection", {
  seed: async (account) => {
    const VpcPeeringConnectionId = await peered(account);
    await account.send(EC2Client, new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
    return VpcPeeringConnectionId;
  },
  refused: [
    {
      seed: async (account) => {
        const id = await peered(account);
        for (const row of rowsOf(account, "ec2.vpc-peering-connection"))
          (row.RequesterVpcInfo as { OwnerId: string }).OwnerId = "999999999999";
        return id;
      },
      because: /request of account 999999999999/,
    },
  ],
});
