import { EKSClient, paginateListClusters } from "@aws-sdk/client-eks";
import type { ReadScope } from "../contract.ts";

/** The names of all clusters that EKS runs in a region; those that are only connected to it are somebody else's. */
export async function* clusterNames(scope: ReadScope): AsyncGenerator<string> {
  const paging = { client: scope.client(EKSClient), pageSize: scope.pageSize(100) };
  for await (const page of paginateListClusters(paging, {})) yield* page.clusters ?? [];
}
