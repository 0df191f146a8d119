import type { AliasListEntry, KeyMetadata } from "@aws-sdk/client-kms";
import { AwsFault, type Call, page, type Stored, type Table } from "../../service.ts";

export interface Key {
  readonly metadata: Stored<KeyMetadata>;
  policy: string;
  rotation: { enabled: boolean; days: number };
  readonly tags: Record<string, string>;
}

export type Alias = Stored<AliasListEntry>;

export const aliases = (call: Call): Table<Alias> => call.table<Alias>("kms.alias");

export const DAY_MS = 24 * 3_600_000;

/** Keys whose waiting time is over are gone, and their aliases with them. */
export function keys(call: Call): Table<Key> {
  const table = call.table<Key>("kms.key");
  for (const { metadata } of table.all()) {
    if (!metadata.DeletionDate || metadata.DeletionDate > call.now()) continue;
    table.delete(metadata.KeyId ?? "");
    for (const { AliasName, TargetKeyId } of aliases(call).all())
      if (TargetKeyId === metadata.KeyId) aliases(call).delete(AliasName ?? "");
  }
  return table;
}

export function notFound(id: string | undefined): AwsFault {
  return new AwsFault("NotFoundException", `Key or alias '${id}' does not exist`);
}

/** A key by id, ARN, alias name or alias ARN. */
export function keyNamed(call: Call, id = ""): Key {
  const name = id.includes("alias/") ? id.slice(id.indexOf("alias/")) : id.slice(id.lastIndexOf("/") + 1);
  const target = name.startsWith("alias/") ? aliases(call).get(name)?.TargetKeyId : name;
  const key = keys(call).get(target ?? "");
  if (!key) throw notFound(id);
  return key;
}

/** A key that is to be changed: neither AWS's own nor one that waits for its deletion. */
export function usable(call: Call, id: string | undefined): Key {
  const key = keyNamed(call, id);
  if (key.metadata.KeyManager === "AWS") throw new AwsFault("AccessDeniedException", "This is an AWS managed key.");
  if (key.metadata.KeyState === "PendingDeletion")
    throw new AwsFault("KMSInvalidStateException", `${key.metadata.Arn} is pending deletion.`);
  return key;
}

export function switchKey(key: Key, on: boolean): void {
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

export const tagsOf = (list: readonly { TagKey?: string | undefined; TagValue?: string | undefined }[] | undefined) =>
  Object.fromEntries((list ?? []).map(({ TagKey = "", TagValue = "" }) => [TagKey, TagValue]));

export function pageOf<T>(
  items: readonly T[],
  input: { Marker?: string | undefined; Limit?: number | undefined },
  max: number,
) {
  const limits = { max, invalid: "ValidationException" };
  return page(items, { token: input.Marker, max: input.Limit ?? Math.min(100, max) }, limits);
}
