import { DeleteNodegroupCommand, EKSClient, paginateListNodegroups } from "@aws-sdk/client-eks";
import type { Charge } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { collect, inParallel, orGone, readParts, unknownOf, without } from "../reading.ts";
import { clusterNames } from "./clusters.ts";
import { pause } from "./nodegroup-pause.ts";
import { groupsOf, namedBy, nodegroupOf, nodesOf } from "./nodegroup-read.ts";

async function namesIn(scope: ReadScope, clusterName: string): Promise<string[]> {
  const paging = { client: scope.client(EKSClient), pageSize: scope.pageSize(100) };
  return collect(paginateListNodegroups(paging, { clusterName }), ({ nodegroups }) => nodegroups);
}

async function* ids(scope: ReadScope): AsyncGenerator<string> {
  const inCluster = async (cluster: string) =>
    (await orGone(namesIn(scope, cluster)))?.map((name) => `${cluster}/${name}`);
  for await (const some of inParallel(clusterNames(scope), inCluster)) yield* some;
}

async function describe(scope: ReadScope, id: string): Promise<Found | undefined> {
  const group = await nodegroupOf(scope, id);
  if (!group) return undefined;
  const { values, unknown } = await readParts({ Nodes: async () => nodesOf(await groupsOf(scope, group)) });
  return {
    id,
    arn: group.nodegroupArn,
    name: group.nodegroupName,
    createdAt: group.createdAt,
    state: group.status,
    tags: group.tags ?? {},
    configuration: { ...without(group, "nodegroupArn", "nodegroupName", "createdAt", "tags"), ...values },
    ...unknownOf(unknown),
  };
}

const NODES: Charge = {
  part: "nodes",
  stops: true,
  unpriced: "its nodes are counted as the instances that they are, and end with it",
};

export default {
  list: (scope) => inParallel(ids(scope), (id) => describe(scope, id)),
  read: describe,
  pause,
  removal: {
    inspect: ({ state }) =>
      state === "DELETING" ? { leaving: true, words: "being deleted" } : { words: (state ?? "").toLowerCase() },
    remove: (scope, { id }) => scope.writer(EKSClient).send(new DeleteNodegroupCommand(namedBy(id))),
  },
  charges: () => [NODES],
} satisfies Entry;
