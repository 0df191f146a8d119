import {
  type Cluster,
  type ClusterState,
  DescribeClusterCommand,
  EMRClient,
  paginateListClusters,
  paginateListInstanceFleets,
  paginateListInstanceGroups,
} from "@aws-sdk/client-emr";
import { isError } from "../../model/errors.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { collect, inParallel, readParts, tagsOf, unknownOf, without } from "../reading.ts";
import { removal } from "./cluster-removal.ts";

/** AWS tells of terminated clusters for two months: those are gone. */
const THERE: readonly ClusterState[] = ["STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING", "TERMINATING"];
const GONE: readonly ClusterState[] = ["TERMINATED", "TERMINATED_WITH_ERRORS"];

/** EMR has no code for what is not there and says so in words. Source: EMR API reference, DescribeCluster. */
const NO_SUCH = /Cluster id '.*' is not valid/;

async function cluster(scope: ReadScope, ClusterId: string): Promise<Cluster | undefined> {
  try {
    const found = (await scope.client(EMRClient).send(new DescribeClusterCommand({ ClusterId }))).Cluster;
    // A state that is new to us is one of a cluster that may well cost money.
    return found?.Status?.State && GONE.includes(found.Status.State) ? undefined : found;
  } catch (error) {
    if (isError(error, "AWS_REFUSED") && NO_SUCH.test(error.message)) return undefined;
    throw error;
  }
}

/** A cluster has instance groups or instance fleets, never both. */
function parts(scope: ReadScope, { Id: ClusterId, InstanceCollectionType }: Cluster) {
  const paging = { client: scope.client(EMRClient) };
  const fleets = () =>
    collect(paginateListInstanceFleets(paging, { ClusterId }), ({ InstanceFleets }) => InstanceFleets);
  const groups = () =>
    collect(paginateListInstanceGroups(paging, { ClusterId }), ({ InstanceGroups }) => InstanceGroups);
  return InstanceCollectionType === "INSTANCE_FLEET"
    ? readParts({ InstanceFleets: fleets })
    : readParts({ InstanceGroups: groups });
}

async function describe(scope: ReadScope, id: string): Promise<Found | undefined> {
  const found = await cluster(scope, id);
  if (!found) return undefined;
  const { values, unknown } = await parts(scope, found);
  return {
    id,
    arn: found.ClusterArn,
    name: found.Name,
    createdAt: found.Status?.Timeline?.CreationDateTime,
    state: found.Status?.State,
    tags: tagsOf(found.Tags),
    configuration: { ...without(found, "Id", "ClusterArn", "Tags"), ...values },
    ...unknownOf(unknown),
  };
}

/** AWS sets the size of these pages itself. */
async function* ids(scope: ReadScope): AsyncGenerator<string> {
  const input = { ClusterStates: [...THERE] };
  for await (const page of paginateListClusters({ client: scope.client(EMRClient) }, input))
    yield* (page.Clusters ?? []).flatMap(({ Id }) => Id ?? []);
}

export default {
  list: (scope) => inParallel(ids(scope), (id) => describe(scope, id)),
  read: describe,
  removal,
} satisfies Entry;
