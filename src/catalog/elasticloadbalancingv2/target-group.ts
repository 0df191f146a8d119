import {
  DeleteTargetGroupCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  paginateDescribeTargetGroups,
  type TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, orGone, readParts, unknownOf, without } from "../reading.ts";
import { attributeMap, pagingOf, sized } from "./balancers.ts";
import { readTags, type TagReading, withTags } from "./tags.ts";

async function* groups(scope: ReadScope): AsyncGenerator<TargetGroup> {
  for await (const page of paginateDescribeTargetGroups(pagingOf(scope), sized(scope, {})))
    yield* page.TargetGroups ?? [];
}

async function describe(scope: ReadScope, group: TargetGroup, tagged: TagReading): Promise<Found> {
  const arn = group.TargetGroupArn;
  const command = new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn });
  const { values, unknown } = await readParts({
    Attributes: async () => attributeMap((await scope.client(ElasticLoadBalancingV2Client).send(command)).Attributes),
  });
  return {
    id: arn ?? "",
    arn,
    name: group.TargetGroupName,
    tags: tagged.tags,
    configuration: { ...without(group, "TargetGroupArn"), ...values },
    ...unknownOf(tagged.unknown, unknown),
  };
}

async function read(scope: ReadScope, arn: string): Promise<Found | undefined> {
  const command = new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] });
  const group = (await scope.client(ElasticLoadBalancingV2Client).send(command)).TargetGroups?.[0];
  const tags = group && (await readTags(scope, [arn])).get(arn);
  return tags && describe(scope, group, tags);
}

export default {
  list: (scope) =>
    inParallel(
      withTags(scope, groups(scope), (group) => group.TargetGroupArn),
      ([group, tags]) => orGone(describe(scope, group, tags)),
    ),
  read: (scope, id) => orGone(read(scope, id)),
  removal: {
    inspect: () => ({}),
    remove: (scope, { id }) =>
      scope.writer(ElasticLoadBalancingV2Client).send(new DeleteTargetGroupCommand({ TargetGroupArn: id })),
  },
  charges: free,
} satisfies Entry;
