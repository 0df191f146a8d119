import {
  DeleteNetworkAclCommand,
  DescribeNetworkAclsCommand,
  EC2Client,
  type NetworkAcl,
  ReplaceNetworkAclAssociationCommand,
} from "@aws-sdk/client-ec2";
import { EvenkeelError } from "../../model/errors.ts";
import type { ReadScope, Removal } from "../contract.ts";
import { orGone } from "../reading.ts";

async function defaultOf(scope: ReadScope, vpc: string | undefined): Promise<string> {
  const Filters = [
    { Name: "vpc-id", Values: [vpc ?? ""] },
    { Name: "default", Values: ["true"] },
  ];
  const { NetworkAcls } = await scope.client(EC2Client).send(new DescribeNetworkAclsCommand({ Filters }));
  const id = NetworkAcls?.[0]?.NetworkAclId;
  if (!id) throw new EvenkeelError("NOT_FOUND", `the VPC ${vpc} has no default network ACL: it is gone`);
  return id;
}

export const removal: Removal = {
  inspect({ configuration }) {
    const { IsDefault, Associations = [] } = configuration as NetworkAcl;
    if (IsDefault) return { refuses: "it is the default network ACL of its VPC, and goes with that only" };
    if (Associations.length === 0) return {};
    const subnets = Associations.map(({ SubnetId }) => SubnetId).join(", ");
    return { needs: ["disassociate"], loses: [`its rules for ${subnets}`] };
  },

  async prepare(scope, { configuration }) {
    const { VpcId, Associations = [] } = configuration as NetworkAcl;
    const NetworkAclId = await defaultOf(scope, VpcId);
    for (const { NetworkAclAssociationId: AssociationId } of Associations) {
      // An association ends by itself with its subnet.
      const asked = new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId });
      await orGone(scope.writer(EC2Client).send(asked));
    }
  },

  remove: (scope, { id }) => scope.writer(EC2Client).send(new DeleteNetworkAclCommand({ NetworkAclId: id })),
};
