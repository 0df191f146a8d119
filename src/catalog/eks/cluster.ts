import { DescribeClusterCommand, EKSClient } from "@aws-sdk/client-eks";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, orGone, without } from "../reading.ts";
import { charges } from "./cluster-charges.ts";
import { removal } from "./cluster-removal.ts";
import { clusterNames } from "./clusters.ts";

async function describe(scope: ReadScope, name: string): Promise<Found | undefined> {
  const answer = await orGone(scope.client(EKSClient).send(new DescribeClusterCommand({ name })));
  const cluster = answer?.cluster;
  return (
    cluster && {
      id: name,
      arn: cluster.arn,
      createdAt: cluster.createdAt,
      state: cluster.status,
      tags: cluster.tags ?? {},
      // The token only tells who repeated the call that made it.
      configuration: without(cluster, "name", "arn", "createdAt", "tags", "clientRequestToken"),
    }
  );
}

export default {
  list: (scope) => inParallel(clusterNames(scope), (name) => describe(scope, name)),
  read: describe,
  removal,
  charges,
} satisfies Entry;
