import {
  type Address,
  DescribeAddressesCommand,
  EC2Client,
  type Filter,
  ReleaseAddressCommand,
} from "@aws-sdk/client-ec2";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { tagsOf, without } from "../reading.ts";
import { charges } from "./eip-charges.ts";
import { first, idIs } from "./reading.ts";

/** DescribeAddresses has no pages. */
async function* describe(scope: ReadScope, filters: Filter[]): AsyncGenerator<Found> {
  const answer = await scope.client(EC2Client).send(new DescribeAddressesCommand({ Filters: filters }));
  for (const address of answer.Addresses ?? []) yield found(address);
}

function found(address: Address): Found {
  const tags = tagsOf(address.Tags);
  return {
    id: address.AllocationId ?? address.PublicIp ?? "",
    name: tags.Name ?? address.PublicIp,
    tags,
    configuration: without(address, "Tags", "AllocationId"),
  };
}

export default {
  list: (scope) => describe(scope, []),

  read: (scope, id) => first(describe(scope, idIs("allocation-id", id))),
  charges,

  removal: {
    inspect({ configuration }) {
      const { ServiceManaged } = configuration as Address;
      return ServiceManaged ? { refuses: `it is managed by ${ServiceManaged}, which releases it itself` } : {};
    },
    remove(scope, { id, configuration }) {
      // An address of a Local or Wavelength Zone is not found without its group.
      const { NetworkBorderGroup } = configuration as Address;
      return scope.writer(EC2Client).send(new ReleaseAddressCommand({ AllocationId: id, NetworkBorderGroup }));
    },
  },
} satisfies Entry;
