import type { AliasListEntry, KeyMetadata } from "@aws-sdk/client-kms";
import { AwsFault, type Call, page, service, type Stored, type Table } from "../service.ts";

interface Key {
  readonly metadata: Stored<KeyMetadata>;
  policy: string;
  rotation: { enabled: boolean; days: number };
  readonly tags: Record<string, string>;
}

type Alias = Stored<AliasListEntry>;

const aliases = (call: Call): Table<Alias> => call.table<Alias>("kms.alias");

const DAY_MS = 24 * 3_600_000;

/** Keys whose waiting time is over are gone, and their aliases with them. */
function keys(call: Call): Table<Key> {
  const table = call.table<Key>("kms.key");
  for (const { metadata } of table.all()) {
    if (!metadata.DeletionDate || metadata.DeletionDate > call.now()) continue;
    table.delete(metadata.KeyId ?? "");
    for (const { AliasName, TargetKeyId } of aliases(call).all())
      if (TargetKeyId === metadata.KeyId) aliases(call).delete(AliasName ?? "");
  }
  return table;
}

function notFound(id: string | undefined): AwsFault {
  return new AwsFault("NotFoundException", `Key or alias '${id}' does not exist`);
}

/** A key by id, ARN, alias name or alias ARN. */
function keyNamed(call: Call, id = ""): Key {
  const name = id.includes("alias/") ? id.slice(id.indexOf("alias/")) : id.slice(id.lastIndexOf("/") + 1);
  const target = name.startsWith("alias/") ? aliases(call).get(name)?.TargetKeyId : name;
  const key = keys(call).get(target ?? "");
  if (!key) throw notFound(id);
  return key;
}

/** A key that is to be changed: neither AWS's own nor one that waits for its deletion. */
function usable(call: Call, id: string | undefined): Key {
  const key = keyNamed(call, id);
  if (key.metadata.KeyManager === "AWS") throw new AwsFault("AccessDeniedException", "This is an AWS managed key.");
  if (key.metadata.KeyState === "PendingDeletion")
    throw new AwsFault("KMSInvalidStateException", `${key.metadata.Arn} is pending deletion.`);
  return key;
}

function switchKey(key: Key, on: boolean): void {
  Object.assign(key.metadata, { Enabled: on, KeyState: on ? "Enabled" : "Disabled" });
}

function defaultPolicy(call: Call): string {
  const root = `arn:${call.partition}:iam::${call.account}:root`;
  return JSON.stringify({
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      { Sid: "Enable IAM User Permissions", Effect: "Allow", Principal: { AWS: root }, Action: "kms:*", Resource: "*" },
    ],
  });
}

/** Also for worlds that want AWS managed keys: `KeyManager: "AWS"` and an alias `alias/aws/…`. */
export function createKey(call: Call, members: Partial<Stored<KeyMetadata>>, tags: Record<string, string> = {}): Key {
  const KeyId = call.uuid();
  const KeySpec = members.KeySpec ?? "SYMMETRIC_DEFAULT";
  const metadata: Key["metadata"] = {
    AWSAccountId: call.account,
    KeyId,
    Arn: call.arn("kms", `key/${KeyId}`),
    CreationDate: call.now(),
    Enabled: true,
    Description: "",
    KeyUsage: "ENCRYPT_DECRYPT",
    KeyState: "Enabled",
    Origin: "AWS_KMS",
    KeyManager: "CUSTOMER",
    MultiRegion: false,
    ...members,
    KeySpec,
    CustomerMasterKeySpec: KeySpec as never,
    ...(KeySpec === "SYMMETRIC_DEFAULT" ? { EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"] } : {}),
  };
  const rotation = { enabled: metadata.KeyManager === "AWS", days: 365 };
  return keys(call).put(KeyId, { metadata, policy: defaultPolicy(call), rotation, tags });
}

const tagsOf = (list: readonly { TagKey?: string | undefined; TagValue?: string | undefined }[] | undefined) =>
  Object.fromEntries((list ?? []).map(({ TagKey = "", TagValue = "" }) => [TagKey, TagValue]));

function pageOf<T>(items: readonly T[], input: { Marker?: string | undefined; Limit?: number | undefined }, max: number) {
  const limits = { max, invalid: "ValidationException" };
  return page(items, { token: input.Marker, max: input.Limit ?? Math.min(100, max) }, limits);
}

export const kms = service(
  { namespace: "com.amazonaws.kms", signingName: "kms" },
  () => import("@aws-sdk/client-kms"),
  {
    CreateKey(input, call) {
      const { Policy, Tags, Description, KeyUsage, KeySpec, Origin, MultiRegion } = input;
      const given = { Description, KeyUsage, KeySpec, Origin, MultiRegion };
      const members = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const key = createKey(call, members, tagsOf(Tags));
      if (Policy) key.policy = Policy;
      return { KeyMetadata: key.metadata };
    },
    DescribeKey(input, call) {
      return { KeyMetadata: keyNamed(call, input.KeyId).metadata };
    },
    ListKeys(input, call) {
      const { items, next } = pageOf(keys(call).all(), input, 1000);
      const Keys = items.map(({ metadata }) => ({ KeyId: metadata.KeyId, KeyArn: metadata.Arn }));
      return { Keys, NextMarker: next, Truncated: next !== undefined };
    },
    UpdateKeyDescription(input, call) {
      usable(call, input.KeyId).metadata.Description = input.Description;
    },
    EnableKey(input, call) {
      switchKey(usable(call, input.KeyId), true);
    },
    DisableKey(input, call) {
      switchKey(usable(call, input.KeyId), false);
    },
    ScheduleKeyDeletion(input, call) {
      const { metadata } = usable(call, input.KeyId);
      const PendingWindowInDays = input.PendingWindowInDays ?? 30;
      if (PendingWindowInDays < 7 || PendingWindowInDays > 30)
        throw new AwsFault("ValidationException", "PendingWindowInDays must be between 7 and 30.");
      const DeletionDate = new Date(call.millis() + PendingWindowInDays * DAY_MS).toISOString();
      Object.assign(metadata, { KeyState: "PendingDeletion", Enabled: false, DeletionDate });
      return { KeyId: metadata.Arn, KeyState: metadata.KeyState, DeletionDate, PendingWindowInDays };
    },
    /** A rescued key is disabled. Source: KMS API reference, CancelKeyDeletion. */
    CancelKeyDeletion(input, call) {
      const key = keyNamed(call, input.KeyId);
      if (key.metadata.KeyState !== "PendingDeletion")
        throw new AwsFault("KMSInvalidStateException", `${key.metadata.Arn} is not pending deletion.`);
      switchKey(key, false);
      delete key.metadata.DeletionDate;
      return { KeyId: key.metadata.Arn };
    },
    CreateAlias(input, call) {
      const { KeyId } = usable(call, input.TargetKeyId).metadata;
      const name = input.AliasName ?? "";
      if (aliases(call).get(name)) throw new AwsFault("AlreadyExistsException", `An alias named ${name} already exists`);
      const dates = { CreationDate: call.now(), LastUpdatedDate: call.now() };
      aliases(call).put(name, { AliasName: name, AliasArn: call.arn("kms", name), TargetKeyId: KeyId, ...dates });
    },
    UpdateAlias(input, call) {
      const alias = aliases(call).get(input.AliasName ?? "");
      if (!alias) throw notFound(input.AliasName);
      alias.TargetKeyId = usable(call, input.TargetKeyId).metadata.KeyId;
    },
    DeleteAlias(input, call) {
      if (!aliases(call).delete(input.AliasName ?? "")) throw notFound(input.AliasName);
    },
    ListAliases(input, call) {
      const target = input.KeyId ? keyNamed(call, input.KeyId).metadata.KeyId : undefined;
      const found = aliases(call)
        .all()
        .filter(({ TargetKeyId }) => !target || TargetKeyId === target);
      const { items, next } = pageOf(found, input, 100);
      return { Aliases: items, NextMarker: next, Truncated: next !== undefined };
    },
    GetKeyPolicy(input, call) {
      return { Policy: keyNamed(call, input.KeyId).policy, PolicyName: "default" };
    },
    PutKeyPolicy(input, call) {
      usable(call, input.KeyId).policy = input.Policy ?? "";
    },
    GetKeyRotationStatus(input, call) {
      const { metadata, rotation } = keyNamed(call, input.KeyId);
      if (metadata.KeySpec !== "SYMMETRIC_DEFAULT")
        throw new AwsFault("UnsupportedOperationException", `${metadata.Arn} does not support rotation.`);
      if (!rotation.enabled || metadata.KeyState === "PendingDeletion")
        return { KeyId: metadata.KeyId, KeyRotationEnabled: false };
      const age = call.millis() - new Date(metadata.CreationDate ?? 0).getTime();
      const next = call.millis() + rotation.days * DAY_MS - (age % (rotation.days * DAY_MS));
      return {
        KeyId: metadata.KeyId,
        KeyRotationEnabled: true,
        RotationPeriodInDays: rotation.days,
        NextRotationDate: new Date(next).toISOString(),
      };
    },
    EnableKeyRotation(input, call) {
      usable(call, input.KeyId).rotation = { enabled: true, days: input.RotationPeriodInDays ?? 365 };
    },
    DisableKeyRotation(input, call) {
      usable(call, input.KeyId).rotation.enabled = false;
    },
    TagResource(input, call) {
      Object.assign(usable(call, input.KeyId).tags, tagsOf(input.Tags));
    },
    UntagResource(input, call) {
      const { tags } = usable(call, input.KeyId);
      for (const key of input.TagKeys ?? []) delete tags[key];
    },
    ListResourceTags(input, call) {
      const { tags } = keyNamed(call, input.KeyId);
      return { Tags: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })), Truncated: false };
    },
  },
);
