import { createHmac } from "node:crypto";
import { canonical } from "./canonical.ts";
import type { Json, JsonObject } from "./json.ts";
import { isJsonObject } from "./json.ts";
import { isUnder, mapAt, type Path } from "./path.ts";

/** Turns a secret into a text that shows a change and nothing else. */
export type Redact = (secret: Json) => string;

/** What is left of a secret: it is not redacted again, so that a configuration can pass twice. */
const REDACTED = /^redacted:[0-9a-f]{32}$/;

/** @param key of the store: the same secret gives the same text in all of its snapshots, and none that can be guessed without it */
export function redactor(key: Uint8Array): Redact {
  return (secret) => {
    const text = typeof secret === "string" ? secret : canonical(secret);
    if (REDACTED.test(text)) return text;
    return `redacted:${createHmac("sha256", key).update(text).digest("hex").slice(0, 32)}`;
  };
}

/* Names whose string values, and those of what stands inside, are taken for secrets in every type, unless its facts say otherwise. */
const SECRET_NAME =
  /passw(or)?d|passphrase|pwd$|(^|[-_])pass$|secret(?!s?(Arn|Id|Name|sManager))|token|credential|(private|api|auth)[-_]?key|access[-_]?key$|connection[-_]?string|^(authorization|cookie)$/i;
/* Names that end like identifiers or switches hold no secret. */
const HARMLESS_NAME =
  /(Arn|Arns|Id|Ids|Name|Names|Enabled|Required|Reset|Endpoint|Hop|Limit|Ttl|Type|Status|KmsKeyId|Options|HttpTokens)$/i;
/* An ARN names a secret (`credentialsParameter`, `valueFrom`) and is none. */
const ARN = /^arn:aws[\w-]*:[\w-]+:\S*$/;

/* `{Name: "DB_PASSWORD", Value: "…"}`: the name of the value stands in another member. */
const NAMING_MEMBER = /^(name|key|ParameterKey|OutputKey|OptionName)$/i;
const NAMED_MEMBER = /^(value|ParameterValue|OutputValue)$/i;

/* The names of secrets as texts announce them: `password`, `DB_PASSWORD`, `client_secret`, `aws_secret_access_key`. */
const WORDS = `(?:passw(?:or)?d|passphrase|pwd|secret|token|(?:private|api|auth|access)[-_]?key)`;
/* Such a word before `=` or `:`; in `arn:aws:secretsmanager:…:secret:name` and `images/token:v1` it announces none. */
const ANNOUNCED = String.raw`(?<!\barn:aws[^\s"',]*|/[\w.-]*)${WORDS}\\?["']?\s*[=:]\s*`;

/* Values that are secrets wherever they stand. Whole keys and tokens first, so that what announces them finds them done. */
const SECRET_VALUES: readonly RegExp[] = [
  /(?:AKIA|ASIA)[0-9A-Z]{16}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|$)/g,
  /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g,
  /(?:ghp|gho|ghs|ghu|ghr|github_pat|glpat|xox[abprs]|sk_live|rk_live)[_-][\w-]{10,}/g,
  // The password of `scheme://user:password@host`, and not the port of `http://host:8080/@path`.
  /(?<=:\/\/[^\s/:@]*:)(?!\d{1,5}(?:[/?#"',]|$))[^\s"'<>\\]+(?=@)/g,
  /(?<=\bauthorization\\?["']?\s*[=:]\s*\\?["']?(?:Bearer|Basic)\s+)[^\s"'\\]+/gi,
  /(?<=\bBearer\s+)[\w.~+/-]{20,}=*/gi,
  new RegExp(String.raw`(?<=${ANNOUNCED}")(?!arn:aws)(?:[^"\\]|\\.)+`, "gi"),
  new RegExp(String.raw`(?<=${ANNOUNCED}')(?!arn:aws)(?:[^'\\]|\\.)+`, "gi"),
  // JSON inside JSON.
  new RegExp(String.raw`(?<=${ANNOUNCED}\\")(?!arn:aws)[^"\\]+`, "gi"),
  // Three letters and less are rather a word of the sentence.
  new RegExp(String.raw`(?<=${ANNOUNCED})(?!arn:aws)[^\s"'&;,}\\]{4,}`, "gi"),
  new RegExp(String.raw`(?<=(?:^|\s)--?[\w-]*${WORDS}\s+)[^\s-]\S*`, "gi"),
];

/* Without one of these no pattern above matches: most texts are looked at once instead of twelve times. */
const SUSPICIOUS = new RegExp(
  `AKIA|ASIA|PRIVATE KEY|eyJ|gh[pousr][-_]|github_pat|glpat|xox|[sr]k_live|://|authorization|bearer|${WORDS}`,
  "i",
);

/* `["--password", "…"]`: the name of the value is the element before it. */
const SECRET_FLAG = new RegExp(String.raw`^--?[\w-]*${WORDS}$`, "i");

/** The shortest text that a pattern above can match: `pwd=x`. */
const SHORTEST = 5;

/** Replaces what looks like a secret inside a text. The one function that logs, notifications and stored texts pass. */
export function scrub(text: string, redact: Redact): string {
  if (text.length < SHORTEST || !SUSPICIOUS.test(text)) return text;
  const once = (secret: string) => (REDACTED.test(secret) ? secret : redact(secret));
  return SECRET_VALUES.reduce((clean, pattern) => clean.replace(pattern, once), text);
}

/** What facts say of a type's secrets. */
export interface SecretRules {
  readonly secret: readonly Path[];
  readonly notSecret?: readonly Path[];
}

/** A configuration without secrets: first those that facts name, then whatever is named or looks like one. */
export function redactConfiguration(configuration: Json, rules: SecretRules, redact: Redact): Json {
  const named = rules.secret.reduce((left, path) => mapAt(left, path, (value) => redact(value)), configuration);
  return scrubTree(named, "", false, { harmless: rules.notSecret ?? [], redact });
}

interface Scrubbing {
  readonly harmless: readonly Path[];
  readonly redact: Redact;
}

/** @param suspected the name of the value, or of something around it, is that of a secret */
function scrubTree(value: Json, at: string, suspected: boolean, how: Scrubbing): Json {
  if (typeof value === "string") return suspected ? hide(value, how.redact) : scrub(value, how.redact);
  if (Array.isArray(value))
    return value.map((each: Json, index) => {
      const flag: Json | undefined = value[index - 1];
      const announced = typeof flag === "string" && SECRET_FLAG.test(flag);
      return scrubTree(each, `${at}[${index}]`, suspected || announced, how);
    });
  if (!isJsonObject(value)) return value;
  const named = namesSecret(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const path = at ? `${at}.${key}` : key;
      const doubtful = suspected || soundsSecret(key) || (named && NAMED_MEMBER.test(key));
      const cleared = HARMLESS_NAME.test(key) || how.harmless.some((pattern) => isUnder(path, pattern));
      return [key, scrubTree(each, path, doubtful && !cleared, how)];
    }),
  );
}

/** Keys of policy conditions (`aws:TokenIssueTime`, `token.actions.example.com:sub`) have a colon, and name no secret. */
function soundsSecret(name: string): boolean {
  return SECRET_NAME.test(name) && !name.includes(":");
}

function hide(value: string, redact: Redact): string {
  if (value === "" || REDACTED.test(value)) return value;
  return ARN.test(value) ? scrub(value, redact) : redact(value);
}

/** Whether a member of the object says that another one holds a secret. */
function namesSecret(value: JsonObject): boolean {
  return Object.entries(value).some(
    ([key, name]) =>
      NAMING_MEMBER.test(key) && typeof name === "string" && SECRET_NAME.test(name) && !HARMLESS_NAME.test(name),
  );
}
