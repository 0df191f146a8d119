import type { AccountId, Arn, IsoInstant, Region } from "./brand.ts";
import type { JsonObject } from "./json.ts";

/** A CloudFormation type name, `AWS::EC2::Instance`. */
export type ResourceType = `AWS::${string}::${string}`;

export type Tags = Readonly<Record<string, string>>;

/** `owns`: deleting or pausing this acts on that; `member-of`: the reverse; `uses`: needs it; `attached-to`: is fixed to it. */
export type LinkKind = "owns" | "member-of" | "uses" | "attached-to";

/** A typed edge from a resource to another. `to` is an ARN, or an id or name within the same account and region. */
export interface Link {
  readonly kind: LinkKind;
  readonly type: ResourceType;
  readonly to: string;
}

/** A part of a resource that could not be read, and why, in the API's words. */
export interface UnknownPart {
  readonly path: string;
  readonly reason: string;
}

/** One thing in an account as a scan saw it, redacted and normalised. */
export interface Resource {
  readonly arn: Arn;
  readonly type: ResourceType;
  /** What the API calls it by: instance id, function name, bucket name. */
  readonly id: string;
  /** What people call it: the Name tag or the API's name, where it differs from the id. */
  readonly name?: string;
  readonly account: AccountId;
  readonly region: Region;
  readonly tags: Tags;
  /** AWS's creation time, never the last start; absent = AWS does not tell. */
  readonly createdAt?: IsoInstant;
  readonly state?: string;
  readonly links: readonly Link[];
  /** Stable properties: volatile ones taken out, secrets hashed, unordered lists sorted. */
  readonly configuration: JsonObject;
  /** SHA-256 of the canonical JSON of configuration and tags. */
  readonly fingerprint: string;
  /** Parts that could not be read; absent = all were. */
  readonly unknown?: readonly UnknownPart[];
}

/** A resource just scanned: with its volatile properties by full path, which are never stored. */
export interface ScannedResource extends Resource {
  readonly observed: JsonObject;
}
