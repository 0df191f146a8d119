import {
  DeleteRouteTableCommand,
  DisassociateRouteTableCommand,
  EC2Client,
  type RouteTable,
} from "@aws-sdk/client-ec2";
import type { Found, Removal } from "../contract.ts";
import { orGone } from "../reading.ts";

const associationsOf = ({ configuration }: Found) => (configuration as RouteTable).Associations ?? [];

export const removal: Removal = {
  inspect(found) {
    const associations = associationsOf(found);
    if (associations.some(({ Main }) => Main))
      return { refuses: "it is the main route table of its VPC, and goes with that only" };
    if (associations.length === 0) return {};
    const subnets = associations.flatMap(({ SubnetId }) => SubnetId ?? []);
    const loses = subnets.length > 0 ? { loses: [`its routes for ${subnets.join(", ")}`] } : {};
    return { needs: ["disassociate"], ...loses };
  },

  async prepare(scope, found) {
    // An association ends by itself with its subnet.
    for (const { RouteTableAssociationId: AssociationId } of associationsOf(found))
      await orGone(scope.writer(EC2Client).send(new DisassociateRouteTableCommand({ AssociationId })));
  },

  remove: (scope, { id }) => scope.writer(EC2Client).send(new DeleteRouteTableCommand({ RouteTableId: id })),
};
