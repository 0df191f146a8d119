import { AwsFault, type Call, type Operations, tagList, tagMap } from "../../service.ts";
import { encoded, marked, noSuch, type PolicyRow, policies, principals, under, uniqueId } from "./rows.ts";

type Iam = typeof import("@aws-sdk/client-iam");

const isAws = (arn: string) => /^arn:[^:]+:iam::aws:policy\//.test(arn);

/** AWS's own policies exist as far as somebody asks for one by its ARN; what they allow is not simulated. */
function awsPolicy(arn: string): PolicyRow {
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  const createdAt = "2015-02-06T18:39:00.000Z";
  const document = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  return {
    name,
    id: `ANPA${name.toUpperCase()}`.slice(0, 21),
    path: arn.slice(arn.indexOf(":policy/") + 7, arn.lastIndexOf("/") + 1),
    arn,
    createdAt,
    updatedAt: createdAt,
    versions: [{ id: "v1", document, createdAt }],
    defaultVersion: "v1",
    nextVersion: 2,
    tags: {},
  };
}

export function policyAt(call: Call, arn: string | undefined): PolicyRow {
  const row = isAws(arn ?? "") ? awsPolicy(arn ?? "") : policies(call).get(arn ?? "");
  if (!row) throw noSuch(`Policy ${arn} does not exist or is not attachable.`);
  return row;
}

export function attachedTo(call: Call, arn: string) {
  return principals(call).filter(({ attached }) => attached.includes(arn));
}

/** Listings leave tags and the description out. Source: API reference, ListPolicies. */
export function briefPolicy(call: Call, policy: PolicyRow) {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: attachedTo(call, policy.arn).length,
    PermissionsBoundaryUsageCount: principals(call).filter(({ boundary }) => boundary === policy.arn).length,
    IsAttachable: true,
    CreateDate: policy.createdAt,
    UpdateDate: policy.updatedAt,
  };
}

export function versionOf(policy: PolicyRow, { id, document, createdAt }: PolicyRow["versions"][number], whole = true) {
  const head = { VersionId: id, IsDefaultVersion: id === policy.defaultVersion, CreateDate: createdAt };
  return whole ? { ...head, Document: encoded(document) } : head;
}

function versionWithId(policy: PolicyRow, id: string | undefined) {
  const version = policy.versions.find((each) => each.id === id);
  if (!version) throw noSuch(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);
  return version;
}

function listed(call: Call, scope: string | undefined): PolicyRow[] {
  const ofAws = [...new Set(principals(call).flatMap(({ attached }) => attached.filter(isAws)))].map(awsPolicy);
  const local = policies(call).all();
  return scope === "Local" ? local : scope === "AWS" ? ofAws : [...local, ...ofAws];
}

export const policyOperations = {
  CreatePolicy(input, call) {
    const [name, path] = [input.PolicyName ?? "", input.Path ?? "/"];
    if (
      policies(call)
        .all()
        .some((policy) => policy.name === name)
    )
      throw new AwsFault(
        "EntityAlreadyExists",
        `A policy called ${name} already exists. Duplicate names are not allowed.`,
        409,
      );
    const arn = call.globalArn("iam", `policy${path}${name}`);
    const createdAt = call.now();
    const policy = policies(call).put(arn, {
      name,
      id: uniqueId(call, "ANPA"),
      path,
      arn,
      description: input.Description,
      createdAt,
      updatedAt: createdAt,
      versions: [{ id: "v1", document: input.PolicyDocument ?? "", createdAt }],
      defaultVersion: "v1",
      nextVersion: 2,
      tags: tagMap(input.Tags),
    });
    return { Policy: { ...briefPolicy(call, policy), Tags: tagList(policy.tags) } };
  },
  GetPolicy(input, call) {
    const policy = policyAt(call, input.PolicyArn);
    const Description = policy.description;
    return {
      Policy: { ...briefPolicy(call, policy), ...(Description ? { Description } : {}), Tags: tagList(policy.tags) },
    };
  },
  ListPolicies(input, call) {
    const found = under(listed(call, input.Scope), input.PathPrefix).filter(
      (policy) => !input.OnlyAttached || attachedTo(call, policy.arn).length > 0,
    );
    const { items, rest } = marked(found, input);
    return { Policies: items.map((policy) => briefPolicy(call, policy)), ...rest };
  },
  DeletePolicy(input, call) {
    const policy = policyAt(call, input.PolicyArn);
    // As a boundary, too. Source: https://github.com/gruntwork-io/cloud-nuke/issues/972
    if (attachedTo(call, policy.arn).length > 0 || principals(call).some(({ boundary }) => boundary === policy.arn))
      throw new AwsFault("DeleteConflict", "Cannot delete a policy attached to entities.", 409);
    if (policy.versions.length > 1)
      throw new AwsFault(
        "DeleteConflict",
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        409,
      );
    policies(call).delete(policy.arn);
  },

  CreatePolicyVersion(input, call) {
    const policy = policyAt(call, input.PolicyArn);
    if (policy.versions.length >= 5)
      throw new AwsFault(
        "LimitExceeded",
        "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.",
        409,
      );
    const version = { id: `v${policy.nextVersion++}`, document: input.PolicyDocument ?? "", createdAt: call.now() };
    policy.versions.unshift(version);
    policy.updatedAt = version.createdAt;
    if (input.SetAsDefault) policy.defaultVersion = version.id;
    return { PolicyVersion: versionOf(policy, version, false) };
  },
  SetDefaultPolicyVersion(input, call) {
    const policy = policyAt(call, input.PolicyArn);
    policy.defaultVersion = versionWithId(policy, input.VersionId).id;
    policy.updatedAt = call.now();
  },
  GetPolicyVersion(input, call) {
    const policy = policyAt(call, input.PolicyArn);
    return { PolicyVersion: versionOf(policy, versionWithId(policy, input.VersionId)) };
  },
  ListPolicyVersions(input, call) {
    const policy = policyAt(call, input.PolicyArn);
    const { items, rest } = marked(policy.versions, input);
    return { Versions: items.map((version) => versionOf(policy, version, false)), ...rest };
  },
  DeletePolicyVersion(input, call) {
    const policy = policyAt(call, input.PolicyArn);
    const { id } = versionWithId(policy, input.VersionId);
    if (id === policy.defaultVersion)
      throw new AwsFault("DeleteConflict", "Cannot delete the default version of a policy.", 409);
    policy.versions = policy.versions.filter((each) => each.id !== id);
  },

  TagPolicy(input, call) {
    Object.assign(policyAt(call, input.PolicyArn).tags, tagMap(input.Tags));
  },
  UntagPolicy(input, call) {
    for (const key of input.TagKeys ?? []) delete policyAt(call, input.PolicyArn).tags[key];
  },
  ListPolicyTags(input, call) {
    const { items, rest } = marked(tagList(policyAt(call, input.PolicyArn).tags), input);
    return { Tags: items, ...rest };
  },
  ListEntitiesForPolicy(input, call) {
    const holders = attachedTo(call, policyAt(call, input.PolicyArn).arn);
    const of = (kind: string) => holders.filter((each) => each.kind === kind);
    return {
      PolicyRoles: of("role").map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      PolicyUsers: of("user").map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyGroups: of("group").map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      IsTruncated: false,
    };
  },
} satisfies Operations<Iam>;
