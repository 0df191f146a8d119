import {
  ElasticLoadBalancingV2Client,
  type Listener,
  type LoadBalancer,
  paginateDescribeListeners,
  paginateDescribeLoadBalancers,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ReadScope } from "../contract.ts";
import { collect, inParallel, orGone } from "../reading.ts";

/** AWS's greatest page in all of these listings. */
const PAGE = 400;

export function pagingOf(scope: ReadScope) {
  return { client: scope.client(ElasticLoadBalancingV2Client) };
}

/** The size stands in the input, because the SDK's paginators of this service don't set it. */
export function sized<I extends object>(scope: ReadScope, input: I): I & { readonly PageSize: number } {
  return { ...input, PageSize: scope.pageSize(PAGE) };
}

export async function* balancers(scope: ReadScope): AsyncGenerator<LoadBalancer> {
  for await (const page of paginateDescribeLoadBalancers(pagingOf(scope), sized(scope, {})))
    yield* page.LoadBalancers ?? [];
}

/** Listeners can only be listed below a load balancer. */
export async function* listeners(scope: ReadScope): AsyncGenerator<Listener> {
  const below = ({ LoadBalancerArn }: LoadBalancer) =>
    orGone(
      collect(paginateDescribeListeners(pagingOf(scope), sized(scope, { LoadBalancerArn })), (page) => page.Listeners),
    );
  for await (const some of inParallel(balancers(scope), below)) yield* some;
}

/** Attributes as a map: AWS gives a list of keys and texts. */
export function attributeMap(
  list: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Record<string, string> {
  return Object.fromEntries((list ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}
