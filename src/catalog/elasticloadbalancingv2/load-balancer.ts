import {
  DeleteLoadBalancerCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
  type LoadBalancer,
  ModifyLoadBalancerAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Entry, Found, ReadScope, Removal } from "../contract.ts";
import { inParallel, orGone, readParts, unknownOf, without } from "../reading.ts";
import { attributeMap, balancers } from "./balancers.ts";
import { charges } from "./load-balancer-charges.ts";
import { readTags, type TagReading, withTags } from "./tags.ts";

/** The attribute behind AWS's deletion protection. Source: API reference, LoadBalancerAttribute. */
const PROTECTION = "deletion_protection.enabled";

const removal: Removal = {
  inspect({ configuration, state }) {
    const { Attributes } = configuration as { readonly Attributes?: Readonly<Record<string, string>> };
    const guarded = Attributes?.[PROTECTION] === "true" ? { guardedBy: "deletion protection" } : {};
    return { words: state ?? "in an unknown state", ...guarded };
  },
  prepare(scope, { id: LoadBalancerArn }) {
    const asked = { LoadBalancerArn, Attributes: [{ Key: PROTECTION, Value: "false" }] };
    return scope.writer(ElasticLoadBalancingV2Client).send(new ModifyLoadBalancerAttributesCommand(asked));
  },
  remove: (scope, { id }) =>
    scope.writer(ElasticLoadBalancingV2Client).send(new DeleteLoadBalancerCommand({ LoadBalancerArn: id })),
};

async function describe(scope: ReadScope, balancer: LoadBalancer, tagged: TagReading): Promise<Found> {
  const arn = balancer.LoadBalancerArn;
  const command = new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn });
  const { values, unknown } = await readParts({
    Attributes: async () => attributeMap((await scope.client(ElasticLoadBalancingV2Client).send(command)).Attributes),
  });
  return {
    id: arn ?? "",
    arn,
    name: balancer.LoadBalancerName,
    createdAt: balancer.CreatedTime,
    state: balancer.State?.Code,
    tags: tagged.tags,
    configuration: { ...without(balancer, "LoadBalancerArn", "CreatedTime"), ...values },
    ...unknownOf(tagged.unknown, unknown),
  };
}

async function read(scope: ReadScope, arn: string): Promise<Found | undefined> {
  const command = new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] });
  const balancer = (await scope.client(ElasticLoadBalancingV2Client).send(command)).LoadBalancers?.[0];
  const tags = balancer && (await readTags(scope, [arn])).get(arn);
  return tags && describe(scope, balancer, tags);
}

export default {
  list: (scope) =>
    inParallel(
      withTags(scope, balancers(scope), (balancer) => balancer.LoadBalancerArn),
      ([balancer, tags]) => orGone(describe(scope, balancer, tags)),
    ),
  read: (scope, id) => orGone(read(scope, id)),
  removal,
  charges,
} satisfies Entry;
