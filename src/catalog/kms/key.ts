import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KeyMetadata,
  KMSClient,
  paginateListAliases,
  paginateListKeys,
} from "@aws-sdk/client-kms";
import { formatArn } from "../../model/arn.ts";
import type { AccountId } from "../../model/brand.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, orGone, parseDocument, readParts, unknownOf, without } from "../reading.ts";
import { facts } from "./key.facts.ts";
import { charges } from "./key-charges.ts";
import { removal } from "./key-removal.ts";
import { isLeaving } from "./leaving.ts";

/** Names of aliases by key id. */
type Aliases = ReadonlyMap<string, readonly string[]>;

async function readAliases(scope: ReadScope, KeyId?: string): Promise<Aliases> {
  const names = new Map<string, string[]>();
  const paging = { client: scope.client(KMSClient), pageSize: scope.pageSize(100) };
  for await (const page of paginateListAliases(paging, KeyId ? { KeyId } : {}))
    for (const { TargetKeyId = "", AliasName = "" } of page.Aliases ?? [])
      names.set(TargetKeyId, [...(names.get(TargetKeyId) ?? []), AliasName]);
  return names;
}

async function* ids(scope: ReadScope): AsyncGenerator<string> {
  const paging = { client: scope.client(KMSClient), pageSize: scope.pageSize(1000) };
  for await (const page of paginateListKeys(paging, {}))
    for (const { KeyId } of page.Keys ?? []) if (KeyId) yield KeyId;
}

/** Kinds of keys that do not rotate. A state in which KMS does not tell (KMSInvalidStateException) makes it unknown. */
const NO_ROTATION = ["UnsupportedOperationException"];

function settings(scope: ReadScope, key: KeyMetadata | undefined, KeyId: string, aliases: () => Promise<Aliases>) {
  const client = scope.client(KMSClient);
  const rotates = key?.KeyManager === "CUSTOMER" && key.KeySpec === "SYMMETRIC_DEFAULT";
  return readParts(
    {
      Aliases: async () => (await aliases()).get(KeyId) ?? [],
      KeyPolicy: async () =>
        parseDocument((await client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" }))).Policy),
      Rotation: async () =>
        rotates
          ? without(await client.send(new GetKeyRotationStatusCommand({ KeyId })), "$metadata", "KeyId")
          : undefined,
    },
    NO_ROTATION,
  );
}

/** A key's own policy may refuse to have it described: then it is there, and nothing is known of it. */
async function describe(scope: ReadScope, KeyId: string, aliases: () => Promise<Aliases>): Promise<Found | undefined> {
  const client = scope.client(KMSClient);
  const about = await readParts({
    key: async () => (await client.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata,
  });
  const { key } = about.values;
  if (isLeaving(key)) return undefined;
  const arn = key?.Arn ?? formatArn(facts.arn, { ...scope, account: scope.account as AccountId, id: KeyId });
  const { values, unknown } = await settings(scope, key, KeyId, aliases);
  const { tags, unknown: unknownTags } = (await scope.tags("kms:key"))(arn);
  return {
    id: KeyId,
    arn,
    name: values.Aliases?.[0],
    createdAt: key?.CreationDate,
    state: key?.KeyState,
    tags,
    configuration: { ...(key ? without(key, "KeyId", "Arn", "AWSAccountId", "CreationDate") : {}), ...values },
    ...unknownOf(
      about.unknown.map((part) => ({ ...part, path: "*" })),
      unknown,
      unknownTags,
    ),
  };
}

export default {
  list(scope) {
    // One listing for all keys, begun with the first.
    let all: Promise<Aliases> | undefined;
    return inParallel(ids(scope), (id) => orGone(describe(scope, id, () => (all ??= readAliases(scope)))));
  },

  read: (scope, id) =>
    orGone(describe(scope, id, async () => (await orGone(readAliases(scope, id))) ?? new Map<string, string[]>())),
  charges,
  removal,
} satisfies Entry;
