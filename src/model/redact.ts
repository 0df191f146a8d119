import { createHmac } from "node:crypto";
import type { Json } from "./json.ts";
import { isJsonObject } from "./json.ts";
import { isUnder, mapAt, type Path } from "./path.ts";

/** Turns a secret into a text that shows a change and nothing else. */
export type Redact = (secret: Json) => string;

/** @param key of the store: the same secret gives the same text in all of its snapshots, and none that can be guessed without it */
export function redactor(key: Uint8Array): Redact {
  return (secret) => {
    const text = typeof secret === "string" ? secret : JSON.stringify(secret);
    return `redacted:${createHmac("sha256", key).update(text).digest("hex").slice(0, 32)}`;
  };
}

/* Names whose string values are taken for secrets in every type, unless its facts say otherwise. */
const SECRET_NAME =
  /passw(or)?d|secret(?!s?(Arn|Id|Name|sManager))|token|credential|private_?key|api_?key|auth_?key|connection_?string/i;
/* Names that end like identifiers or switches hold no secret. */
const HARMLESS_NAME =
  /(Arn|Arns|Id|Ids|Name|Names|Enabled|Required|Reset|Endpoint|Hop|Limit|Ttl|Type|Status|KmsKeyId|Options|HttpTokens)$/i;

/* Values that are secrets wherever they stand. */
const SECRET_VALUES: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g,
  /\b(?:ghp|gho|ghs|github_pat|xox[abprs]|sk_live|rk_live)[_-][\w-]{10,}/g,
  /(?<=:\/\/[^\s/:@]{1,100}:)[^\s/@]{1,200}(?=@)/g,
  /(?<=\b(?:password|passwd|pwd|secret|token|api_?key)["']?\s*[=:]\s*["']?)[^\s"'&;,}]{4,}/gi,
];

/** Replaces what looks like a secret inside a text. The one function that logs, notifications and stored texts pass. */
export function scrub(text: string, redact: Redact): string {
  return SECRET_VALUES.reduce((clean, pattern) => clean.replace(pattern, (secret) => redact(secret)), text);
}

/** What facts say of a type's secrets. */
export interface SecretRules {
  readonly secret: readonly Path[];
  readonly notSecret?: readonly Path[];
}

/** A configuration without secrets: first those that facts name, then whatever is named or looks like one. */
export function redactConfiguration(configuration: Json, rules: SecretRules, redact: Redact): Json {
  const named = rules.secret.reduce((left, path) => mapAt(left, path, (value) => redact(value)), configuration);
  return scrubTree(named, "", "", rules.notSecret ?? [], redact);
}

function scrubTree(value: Json, name: string, at: string, harmless: readonly Path[], redact: Redact): Json {
  if (typeof value === "string") {
    if (value.startsWith("redacted:")) return value;
    const suspicious =
      SECRET_NAME.test(name) && !HARMLESS_NAME.test(name) && !harmless.some((path) => isUnder(at, path));
    return suspicious && value !== "" ? redact(value) : scrub(value, redact);
  }
  if (Array.isArray(value))
    return value.map((each: Json, index) => scrubTree(each, name, `${at}[${index}]`, harmless, redact));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      scrubTree(each, key, at ? `${at}.${key}` : key, harmless, redact),
    ]),
  );
}
