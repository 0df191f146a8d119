import {
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
  type ManagedPolicyDetail,
  type PolicyVersion,
  paginateListPolicyTags,
  paginateListPolicyVersions,
} from "@aws-sdk/client-iam";
import type { UnknownPart } from "../../model/resource.ts";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope, WriteScope } from "../contract.ts";
import { collect, inParallel, orGone, parseDocument, readParts, tagsOf, unknownOf, without } from "../reading.ts";
import { authorizationDetails } from "./details.ts";

type Tagged = Pick<Found, "tags"> & { readonly unknown?: readonly UnknownPart[] };

async function* policies(scope: ReadScope): AsyncGenerator<ManagedPolicyDetail> {
  for await (const page of authorizationDetails(scope, "LocalManagedPolicy")) yield* page.Policies ?? [];
}

async function tagged(scope: ReadScope, PolicyArn: string): Promise<Tagged> {
  const paging = { client: scope.client(IAMClient), pageSize: scope.pageSize(1000) };
  const { values, unknown } = await readParts({
    Tags: () => collect(paginateListPolicyTags(paging, { PolicyArn }), (page) => page.Tags),
  });
  return { tags: tagsOf(values.Tags), unknown };
}

function found(policy: ManagedPolicyDetail, { tags, unknown }: Tagged): Found {
  const versions = policy.PolicyVersionList ?? [];
  const others = versions.filter((version) => !version.IsDefaultVersion);
  return {
    id: policy.Arn ?? "",
    arn: policy.Arn,
    name: policy.Arn?.slice(policy.Arn.lastIndexOf("/") + 1),
    createdAt: policy.CreateDate,
    tags,
    configuration: {
      ...without(policy, "Arn", "PolicyName", "PolicyId", "CreateDate", "PolicyVersionList"),
      PolicyDocument: parseDocument(versions.find((version) => version.IsDefaultVersion)?.Document),
      OtherVersions: Object.fromEntries(others.map((version) => [version.VersionId, parseDocument(version.Document)])),
    },
    ...unknownOf(unknown),
  };
}

async function describe(scope: ReadScope, PolicyArn: string): Promise<Found> {
  const client = scope.client(IAMClient);
  const paging = { client, pageSize: scope.pageSize(1000) };
  const [answer, briefs] = await Promise.all([
    client.send(new GetPolicyCommand({ PolicyArn })),
    collect(paginateListPolicyVersions(paging, { PolicyArn }), (page) => page.Versions),
  ]);
  const read = async ({ VersionId }: PolicyVersion) => {
    const version = await orGone(client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId })));
    return version?.PolicyVersion;
  };
  const versions = await collect(inParallel(briefs, read), (version) => [version]);
  const policy = answer.Policy ?? {};
  return found({ ...without(policy, "Tags"), PolicyVersionList: versions }, { tags: tagsOf(policy.Tags) });
}

const others = ({ configuration }: Found) =>
  Object.keys((configuration as { OtherVersions?: object }).OtherVersions ?? {});

async function deleteOthers(scope: WriteScope, policy: Found): Promise<void> {
  const client = scope.writer(IAMClient);
  for (const VersionId of others(policy))
    await orGone(client.send(new DeletePolicyVersionCommand({ PolicyArn: policy.id, VersionId })));
}

export default {
  list: (scope) =>
    inParallel(policies(scope), (policy) =>
      orGone(tagged(scope, policy.Arn ?? "").then((tags) => found(policy, tags))),
    ),
  read: (scope, id) => orGone(describe(scope, id)),

  removal: {
    inspect(found) {
      if (/^arn:[^:]+:iam::aws:/.test(found.id)) return { refuses: "it is one of AWS's own policies" };
      return others(found).length > 0 ? { needs: ["versions"] } : {};
    },
    prepare: deleteOthers,
    remove: (scope, { id }) => scope.writer(IAMClient).send(new DeletePolicyCommand({ PolicyArn: id })),
  },
  charges: free,
} satisfies Entry;
