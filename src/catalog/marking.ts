import { CreateTagsCommand, DeleteTagsCommand, EC2Client, type KeyPairInfo } from "@aws-sdk/client-ec2";
import {
  IAMClient,
  TagInstanceProfileCommand,
  TagPolicyCommand,
  TagRoleCommand,
  TagUserCommand,
  UntagInstanceProfileCommand,
  UntagPolicyCommand,
  UntagRoleCommand,
  UntagUserCommand,
} from "@aws-sdk/client-iam";
import {
  type FailureInfo,
  ResourceGroupsTaggingAPIClient,
  TagResourcesCommand,
  UntagResourcesCommand,
} from "@aws-sdk/client-resource-groups-tagging-api";
import type { Arn } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { ResourceType } from "../model/resource.ts";
import type { Found, WriteScope } from "./contract.ts";
import { markingOf } from "./marking-rules.ts";

/** What is tagged, just read. */
export interface Marked {
  readonly type: ResourceType;
  readonly arn: Arn;
  readonly found: Pick<Found, "id" | "configuration">;
}

/** A tag, as the calls of all three APIs have it. */
export interface Mark {
  readonly Key: string;
  readonly Value: string;
}

interface Marker {
  readonly mark: () => Promise<unknown>;
  readonly unmark: () => Promise<unknown>;
}

/** Sets a tag and leaves all others; absolute and idempotent. @throws EvenkeelError UNSUPPORTED where `markingOf` says never */
export async function mark(scope: WriteScope, marked: Marked, tag: Mark): Promise<void> {
  await markerOf(scope, marked, tag).mark();
}

/** Takes a tag away, and what has none stays so. @throws EvenkeelError as {@link mark} */
export async function unmark(scope: WriteScope, marked: Marked, tag: Mark): Promise<void> {
  await markerOf(scope, marked, tag).unmark();
}

function markerOf(scope: WriteScope, marked: Marked, tag: Mark): Marker {
  const rule = markingOf(marked.type);
  if ("never" in rule) throw new EvenkeelError("UNSUPPORTED", rule.never);
  if (rule.by === "ec2") return ec2Marker(scope, marked, tag);
  return rule.by === "iam" ? iamMarker(scope, marked, tag) : taggingMarker(scope, marked, tag);
}

function ec2Marker(scope: WriteScope, { type, found }: Marked, tag: Mark): Marker {
  const client = scope.writer(EC2Client);
  // Key pairs go by their names everywhere else.
  const id = type === "AWS::EC2::KeyPair" ? (found.configuration as KeyPairInfo).KeyPairId : found.id;
  const input = { Resources: [id ?? ""], Tags: [tag] };
  return {
    mark: () => client.send(new CreateTagsCommand(input)),
    unmark: () => client.send(new DeleteTagsCommand(input)),
  };
}

function iamMarker(scope: WriteScope, { type, found: { id } }: Marked, tag: Mark): Marker {
  const client = scope.writer(IAMClient);
  const [Tags, TagKeys] = [[tag], [tag.Key]];
  const markers: Readonly<Record<ResourceType, Marker>> = {
    "AWS::IAM::InstanceProfile": {
      mark: () => client.send(new TagInstanceProfileCommand({ InstanceProfileName: id, Tags })),
      unmark: () => client.send(new UntagInstanceProfileCommand({ InstanceProfileName: id, TagKeys })),
    },
    "AWS::IAM::ManagedPolicy": {
      mark: () => client.send(new TagPolicyCommand({ PolicyArn: id, Tags })),
      unmark: () => client.send(new UntagPolicyCommand({ PolicyArn: id, TagKeys })),
    },
    "AWS::IAM::Role": {
      mark: () => client.send(new TagRoleCommand({ RoleName: id, Tags })),
      unmark: () => client.send(new UntagRoleCommand({ RoleName: id, TagKeys })),
    },
    "AWS::IAM::User": {
      mark: () => client.send(new TagUserCommand({ UserName: id, Tags })),
      unmark: () => client.send(new UntagUserCommand({ UserName: id, TagKeys })),
    },
  };
  const marker = markers[type];
  if (!marker) throw new EvenkeelError("BUG", `there is no call that tags ${type}`);
  return marker;
}

function taggingMarker(scope: WriteScope, { arn }: Marked, { Key, Value }: Mark): Marker {
  const client = scope.writer(ResourceGroupsTaggingAPIClient);
  const ResourceARNList = [arn];
  return {
    mark: async () =>
      refuseFailed(arn, await client.send(new TagResourcesCommand({ ResourceARNList, Tags: { [Key]: Value } }))),
    unmark: async () =>
      refuseFailed(arn, await client.send(new UntagResourcesCommand({ ResourceARNList, TagKeys: [Key] }))),
  };
}

/**
 * The Tagging API answers 200 whatever became of single resources.
 * Source: Resource Groups Tagging API reference, FailureInfo.
 */
function refuseFailed(
  arn: Arn,
  answer: { readonly FailedResourcesMap?: Record<string, FailureInfo> | undefined },
): void {
  const failure = answer.FailedResourcesMap?.[arn];
  if (!failure) return;
  const { ErrorCode, ErrorMessage = "no reason given", StatusCode = 400 } = failure;
  const code = StatusCode === 403 ? "ACCESS_DENIED" : StatusCode === 404 ? "NOT_FOUND" : "AWS_REFUSED";
  throw new EvenkeelError(code, `it could not be tagged: ${ErrorMessage}`, {
    ...(ErrorCode ? { awsCode: ErrorCode } : {}),
    // Said to be temporary: the next run tries it again.
    ...(ErrorCode === "InternalServiceException" || StatusCode === 429 ? { isShortage: true } : {}),
  });
}
