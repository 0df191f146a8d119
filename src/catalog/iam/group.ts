import {
  GetGroupCommand,
  GetGroupPolicyCommand,
  type GroupDetail,
  IAMClient,
  paginateListAttachedGroupPolicies,
  paginateListGroupPolicies,
} from "@aws-sdk/client-iam";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { collect, orGone, without } from "../reading.ts";
import { authorizationDetails, inlineDocuments, readInline } from "./details.ts";
import { removal } from "./group-removal.ts";

async function* list(scope: ReadScope): AsyncGenerator<Found> {
  for await (const page of authorizationDetails(scope, "Group")) yield* (page.GroupDetailList ?? []).map(found);
}

function found(group: GroupDetail): Found {
  return {
    id: group.GroupName ?? "",
    arn: group.Arn,
    createdAt: group.CreateDate,
    tags: {},
    configuration: {
      ...without(group, "GroupName", "Arn", "CreateDate", "GroupPolicyList"),
      InlinePolicies: inlineDocuments(group.GroupPolicyList),
    },
  };
}

async function describe(scope: ReadScope, GroupName: string): Promise<Found> {
  const client = scope.client(IAMClient);
  const paging = { client, pageSize: scope.pageSize(1000) };
  const [answer, names, attached] = await Promise.all([
    // The answer lists the members too; one is the least it can be asked for.
    client.send(new GetGroupCommand({ GroupName, MaxItems: 1 })),
    collect(paginateListGroupPolicies(paging, { GroupName }), (page) => page.PolicyNames),
    collect(paginateListAttachedGroupPolicies(paging, { GroupName }), (page) => page.AttachedPolicies),
  ]);
  const inline = await readInline(names, (PolicyName) =>
    client.send(new GetGroupPolicyCommand({ GroupName, PolicyName })),
  );
  return found({ ...answer.Group, GroupPolicyList: inline, AttachedManagedPolicies: attached });
}

export default {
  list,
  read: (scope, id) => orGone(describe(scope, id)),
  removal,
  charges: free,
} satisfies Entry;
