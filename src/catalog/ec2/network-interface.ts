import {
  DeleteNetworkInterfaceCommand,
  EC2Client,
  type Filter,
  type NetworkInterface,
  paginateDescribeNetworkInterfaces,
} from "@aws-sdk/client-ec2";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { tagsOf, without } from "../reading.ts";
import { stillBusy } from "../removing.ts";
import { first, idIs, isOwn, SMALLEST_PAGE } from "./reading.ts";

async function* describe(scope: ReadScope, filters: Filter[]): AsyncGenerator<Found> {
  const paging = { client: scope.client(EC2Client), pageSize: scope.pageSize(1000, SMALLEST_PAGE) };
  for await (const page of paginateDescribeNetworkInterfaces(paging, { Filters: filters }))
    for (const each of page.NetworkInterfaces ?? []) if (isOwn(scope, each)) yield found(each);
}

function found(each: NetworkInterface): Found {
  const tags = tagsOf(each.TagSet);
  return {
    id: each.NetworkInterfaceId ?? "",
    name: tags.Name,
    state: each.Status,
    tags,
    configuration: without(each, "TagSet", "NetworkInterfaceId"),
  };
}

/** All that an account can make by itself; any other is a service's. Source: EC2 API reference, CreateNetworkInterface. */
const OWN_TYPES = ["interface", "efa", "efa-only", "branch", "trunk"];

/** Services do not always say that an interface is theirs. */
function obstacle({ Operator, InterfaceType, Attachment }: NetworkInterface, account: string): string | undefined {
  if (Operator?.Managed) return `it is managed by ${Operator.Principal}, which removes it itself`;
  if (InterfaceType && !OWN_TYPES.includes(InterfaceType))
    return `it is the interface of a service (${InterfaceType}), which removes it itself`;
  const owner = Attachment?.InstanceOwnerId;
  return owner && owner !== account ? `it is attached to something of ${owner}, which removes it itself` : undefined;
}

/** Source: EC2 API reference, NetworkInterface, `status`. */
const ATTACHED: ReadonlySet<string> = new Set(["attaching", "in-use", "detaching"]);

export default {
  list: (scope) => describe(scope, []),

  read: (scope, id) => first(describe(scope, idIs("network-interface-id", id))),

  removal: {
    inspect(found, scope) {
      const reason = obstacle(found.configuration as NetworkInterface, scope.account);
      return reason ? { refuses: reason } : { words: found.state ?? "in an unknown state" };
    },
    async remove(scope, { id, state }) {
      // AWS calls it InvalidParameterValue, and it passes: what it was attached to is leaving.
      if (ATTACHED.has(state ?? "")) throw stillBusy(`network interface ${id}`, state);
      await scope.writer(EC2Client).send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id }));
    },
  },
  charges: free,
} satisfies Entry;
