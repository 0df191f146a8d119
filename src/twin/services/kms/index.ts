import { AwsFault, service } from "../../service.ts";
import { aliases, createKey, DAY_MS, keyNamed, keys, notFound, pageOf, switchKey, tagsOf, usable } from "./keys.ts";

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
      if (aliases(call).get(name))
        throw new AwsFault("AlreadyExistsException", `An alias named ${name} already exists`);
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
