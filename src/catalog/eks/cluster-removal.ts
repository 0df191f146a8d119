import {
  type Cluster,
  DeleteClusterCommand,
  DeleteFargateProfileCommand,
  EKSClient,
  paginateListFargateProfiles,
  UpdateClusterConfigCommand,
} from "@aws-sdk/client-eks";
import { type ReadScope, type Removal, UNPROTECT, type WriteScope } from "../contract.ts";
import { collect, orGone } from "../reading.ts";

async function profilesOf(scope: ReadScope, clusterName: string): Promise<string[]> {
  const paging = { client: scope.client(EKSClient), pageSize: 100 };
  const pages = paginateListFargateProfiles(paging, { clusterName });
  return (await orGone(collect(pages, ({ fargateProfileNames }) => fargateProfileNames))) ?? [];
}

/**
 * EKS deletes one profile of a cluster at a time and calls the next one in use meanwhile, for which the caller waits.
 * Source: EKS API reference, DeleteFargateProfile.
 */
async function deleteProfiles(scope: WriteScope, clusterName: string): Promise<void> {
  for (const fargateProfileName of await profilesOf(scope, clusterName))
    await orGone(scope.writer(EKSClient).send(new DeleteFargateProfileCommand({ clusterName, fargateProfileName })));
}

export const removal: Removal = {
  async inspect({ id, state, configuration }, scope) {
    if (state === "DELETING") return { leaving: true, words: "being deleted" };
    const profiles = await profilesOf(scope, id);
    return {
      words: (state ?? "in an unknown state").toLowerCase(),
      ...((configuration as Cluster).deletionProtection ? { guardedBy: "deletion protection" } : {}),
      ...(profiles.length > 0 ? { needs: ["fargate-profiles"] } : {}),
    };
  },
  async prepare(scope, { id: name }, way) {
    if (way !== UNPROTECT) return deleteProfiles(scope, name);
    const command = new UpdateClusterConfigCommand({ name, deletionProtection: false });
    await scope.writer(EKSClient).send(command);
  },
  remove: (scope, { id: name }) => scope.writer(EKSClient).send(new DeleteClusterCommand({ name })),
};
