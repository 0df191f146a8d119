import type { Tag } from "@aws-sdk/client-secrets-manager";
import { AwsFault, page, type Stored, service, tagList, tagMap } from "../../service.ts";
import { addVersion, answer, givenValue, named, notFound, type Row, secrets, touch, usable } from "./secrets.ts";

export const secretsmanager = service(
  { namespace: "com.amazonaws.secretsmanager", signingName: "secretsmanager" },
  () => import("@aws-sdk/client-secrets-manager"),
  {
    CreateSecret(input, call) {
      const Name = input.Name ?? "";
      if (secrets(call).get(Name))
        throw new AwsFault("ResourceExistsException", `A secret with the name ${Name} exists.`);
      const secret: Row["secret"] = {
        Name,
        ARN: call.arn("secretsmanager", `secret:${Name}-${call.id("", 6)}`),
        CreatedDate: call.now(),
        LastChangedDate: call.now(),
        Tags: (input.Tags ?? []) as Stored<Tag>[],
        ...(input.Description ? { Description: input.Description } : {}),
        ...(input.KmsKeyId ? { KmsKeyId: input.KmsKeyId } : {}),
      };
      const row = secrets(call).put(Name, { secret, values: {} });
      const value = givenValue(input);
      return { ...answer(row), ...(value === undefined ? {} : { VersionId: addVersion(row, value, call) }) };
    },
    DescribeSecret(input, call) {
      return named(call, input.SecretId).secret;
    },
    ListSecrets(input, call) {
      const wanted = (input.Filters ?? []).filter(({ Key }) => Key === "name").flatMap(({ Values }) => Values ?? []);
      const found = secrets(call)
        .all()
        .map(({ secret }) => secret)
        .filter(({ DeletedDate }) => input.IncludePlannedDeletion || !DeletedDate)
        .filter(({ Name }) => wanted.length === 0 || wanted.some((start) => Name?.startsWith(start)));
      const { items, next } = page(found, { token: input.NextToken, max: input.MaxResults }, { max: 100 });
      const SecretList = items.map(({ VersionIdsToStages, ReplicationStatus: _, ...entry }) => ({
        ...entry,
        ...(VersionIdsToStages ? { SecretVersionsToStages: VersionIdsToStages } : {}),
      }));
      return { SecretList, NextToken: next };
    },
    UpdateSecret(input, call) {
      const row = usable(call, input.SecretId);
      if (input.Description !== undefined) row.secret.Description = input.Description;
      if (input.KmsKeyId) row.secret.KmsKeyId = input.KmsKeyId;
      touch(row, call);
      const value = givenValue(input);
      return { ...answer(row), ...(value === undefined ? {} : { VersionId: addVersion(row, value, call) }) };
    },
    PutSecretValue(input, call) {
      const row = usable(call, input.SecretId);
      return {
        ...answer(row),
        VersionId: addVersion(row, givenValue(input) ?? "", call),
        VersionStages: ["AWSCURRENT"],
      };
    },
    GetSecretValue(input, call) {
      const row = usable(call, input.SecretId);
      const id = Object.entries(row.secret.VersionIdsToStages ?? {}).find(([, stages]) =>
        ((stages ?? []) as string[]).includes(input.VersionStage ?? "AWSCURRENT"),
      )?.[0];
      if (!id) throw notFound();
      row.secret.LastAccessedDate = `${call.now().slice(0, 10)}T00:00:00.000Z`;
      return { ...answer(row), VersionId: id, SecretString: row.values[id] };
    },
    RotateSecret(input, call) {
      const row = usable(call, input.SecretId);
      const { RotationLambdaARN, RotationRules } = input;
      Object.assign(row.secret, {
        RotationEnabled: true,
        ...(RotationLambdaARN ? { RotationLambdaARN } : {}),
        ...(RotationRules ? { RotationRules } : {}),
        LastRotatedDate: call.now(),
      });
      return { ...answer(row), VersionId: addVersion(row, `rotated ${call.now()}`, call) };
    },
    CancelRotateSecret(input, call) {
      const row = usable(call, input.SecretId);
      row.secret.RotationEnabled = false;
      return answer(row);
    },
    /** Seven to thirty days later, thirty unless said. Source: Secrets Manager API reference, DeleteSecret. */
    DeleteSecret(input, call) {
      const row = usable(call, input.SecretId);
      if ((row.secret.ReplicationStatus ?? []).length > 0)
        throw new AwsFault("InvalidRequestException", "You can't delete a secret that still has replicas.");
      const days = input.ForceDeleteWithoutRecovery ? 0 : (input.RecoveryWindowInDays ?? 30);
      const DeletionDate = new Date(call.millis() + days * 24 * 3_600_000).toISOString();
      if (days === 0) secrets(call).delete(row.secret.Name ?? "");
      else row.secret.DeletedDate = DeletionDate;
      return { ...answer(row), DeletionDate };
    },
    RestoreSecret(input, call) {
      const row = named(call, input.SecretId);
      delete row.secret.DeletedDate;
      return answer(row);
    },
    ReplicateSecretToRegions(input, call) {
      const row = usable(call, input.SecretId);
      row.secret.PrimaryRegion = call.region;
      row.secret.ReplicationStatus = [
        ...(row.secret.ReplicationStatus ?? []),
        ...(input.AddReplicaRegions ?? []).map(({ Region, KmsKeyId }) => ({
          Region,
          KmsKeyId,
          Status: "InSync" as const,
        })),
      ];
      return { ARN: row.secret.ARN, ReplicationStatus: row.secret.ReplicationStatus };
    },
    GetResourcePolicy(input, call) {
      const row = usable(call, input.SecretId);
      return { ...answer(row), ResourcePolicy: row.policy };
    },
    PutResourcePolicy(input, call) {
      const row = usable(call, input.SecretId);
      row.policy = input.ResourcePolicy ?? "";
      return answer(row);
    },
    DeleteResourcePolicy(input, call) {
      const row = usable(call, input.SecretId);
      delete row.policy;
      return answer(row);
    },
    TagResource(input, call) {
      const { secret } = usable(call, input.SecretId);
      secret.Tags = tagList({ ...tagMap(secret.Tags), ...tagMap(input.Tags) });
    },
    UntagResource(input, call) {
      const { secret } = usable(call, input.SecretId);
      secret.Tags = (secret.Tags ?? []).filter(({ Key }) => !input.TagKeys?.includes(Key ?? ""));
    },
  },
);
