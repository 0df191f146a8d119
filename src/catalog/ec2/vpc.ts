import {
  DeleteVpcCommand,
  DescribeVpcAttributeCommand,
  EC2Client,
  type Filter,
  paginateDescribeVpcs,
  type Vpc,
  type VpcAttributeName,
} from "@aws-sdk/client-ec2";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, orGone, readParts, tagsOf, unknownOf, without } from "../reading.ts";
import { first, idIs, isOwn, SMALLEST_PAGE } from "./reading.ts";

async function* describe(scope: ReadScope, filters: Filter[]): AsyncGenerator<Vpc> {
  const paging = { client: scope.client(EC2Client), pageSize: scope.pageSize(1000, SMALLEST_PAGE) };
  for await (const page of paginateDescribeVpcs(paging, { Filters: filters }))
    for (const vpc of page.Vpcs ?? []) if (isOwn(scope, vpc)) yield vpc;
}

/** One attribute a call is all that AWS allows; VPCs are few. */
async function attribute(scope: ReadScope, VpcId: string, Attribute: VpcAttributeName) {
  return scope.client(EC2Client).send(new DescribeVpcAttributeCommand({ VpcId, Attribute }));
}

async function settings(scope: ReadScope, id: string) {
  return readParts({
    EnableDnsSupport: async () => (await attribute(scope, id, "enableDnsSupport")).EnableDnsSupport?.Value,
    EnableDnsHostnames: async () => (await attribute(scope, id, "enableDnsHostnames")).EnableDnsHostnames?.Value,
  });
}

async function detail(scope: ReadScope, vpc: Vpc): Promise<Found | undefined> {
  const id = vpc.VpcId ?? "";
  const parts = await orGone(settings(scope, id));
  if (!parts) return undefined;
  const tags = tagsOf(vpc.Tags);
  return {
    id,
    name: tags.Name,
    state: vpc.State,
    tags,
    configuration: { ...without(vpc, "Tags", "VpcId"), ...parts.values },
    ...unknownOf(parts.unknown),
  };
}

export default {
  list: (scope) => inParallel(describe(scope, []), (vpc) => detail(scope, vpc)),

  async read(scope, id) {
    const vpc = await first(describe(scope, idIs("vpc-id", id)));
    return vpc && detail(scope, vpc);
  },

  removal: {
    inspect: ({ configuration }) =>
      (configuration as Vpc).IsDefault ? { refuses: "it is the region's default VPC" } : {},
    remove: (scope, { id }) => scope.writer(EC2Client).send(new DeleteVpcCommand({ VpcId: id })),
  },
  charges: free,
} satisfies Entry;
