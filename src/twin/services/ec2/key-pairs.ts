import { createHash } from "node:crypto";
import type { KeyPairInfo, Tag } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { KEY_PAIR } from "./compute-kinds.ts";
import { add, type Ec2Operations, get, matches, remove, rows, tagsFor, those } from "./rows.ts";

export function keyNamed(call: Call, name: string | undefined): Stored<KeyPairInfo> | undefined {
  return those(KEY_PAIR, call, (each) => each.KeyName === name)[0];
}

export function keyOrFault(call: Call, name: string | undefined): Stored<KeyPairInfo> {
  const key = keyNamed(call, name);
  if (!key) throw new AwsFault("InvalidKeyPair.NotFound", `The key pair '${name ?? ""}' does not exist`);
  return key;
}

interface NewKey {
  readonly name: string | undefined;
  readonly type: KeyPairInfo["KeyType"];
  readonly material: string;
  readonly tags: Stored<Tag>[];
}

function newKey(call: Call, { name, type, material, tags }: NewKey): Stored<KeyPairInfo> {
  if (keyNamed(call, name)) throw new AwsFault("InvalidKeyPair.Duplicate", `The keypair already exists: ${name}`);
  const digest = createHash("sha1").update(material).digest("hex");
  return add(KEY_PAIR, call, {
    KeyPairId: call.id(KEY_PAIR.prefix),
    CreateTime: call.now(),
    KeyFingerprint: digest.replace(/(..)(?=.)/g, "$1:"),
    KeyName: name,
    KeyType: type,
    Tags: tags,
  });
}

export const keyPairs: Ec2Operations = {
  CreateKeyPair(input, call) {
    const tags = tagsFor(KEY_PAIR, input.TagSpecifications);
    const type = input.KeyType ?? "rsa";
    const key = newKey(call, { name: input.KeyName, type, material: call.uuid(), tags });
    const { KeyFingerprint, KeyName, KeyPairId } = key;
    const material = Buffer.from(`twin ${KeyPairId}`).toString("base64");
    const KeyMaterial = ["-----BEGIN RSA PRIVATE KEY-----", material, "-----END RSA PRIVATE KEY-----"].join("\n");
    return { KeyFingerprint, KeyMaterial, KeyName, KeyPairId, Tags: tags };
  },

  ImportKeyPair(input, call) {
    const tags = tagsFor(KEY_PAIR, input.TagSpecifications);
    // Bytes when the call came the direct way, base64 from the wire.
    const material = Buffer.from((input.PublicKeyMaterial ?? "") as string, "base64").toString();
    const type = material.includes("ed25519") ? "ed25519" : "rsa";
    const { KeyFingerprint, KeyName, KeyPairId } = newKey(call, { name: input.KeyName, type, material, tags });
    return { KeyFingerprint, KeyName, KeyPairId, Tags: tags };
  },

  /** No pages. */
  DescribeKeyPairs(input, call) {
    const named = input.KeyNames?.map((name) => keyOrFault(call, name));
    const byId = input.KeyPairIds?.map((id) => get(KEY_PAIR, call, id));
    const all = named ?? byId ?? rows(KEY_PAIR, call).all();
    return { KeyPairs: all.filter((key) => matches(KEY_PAIR, key, input.Filters)) };
  },

  /** A key that is not there is deleted already. Source: EC2 API reference, DeleteKeyPair returns true. */
  DeleteKeyPair(input, call) {
    const KeyPairId = input.KeyPairId ?? keyNamed(call, input.KeyName)?.KeyPairId;
    remove(KEY_PAIR, call, KeyPairId);
    return { Return: true, KeyPairId };
  },
};
