import type { ClientConstructor } from "../aws/clients.ts";
import type { Region } from "../model/brand.ts";
import type { Path } from "../model/path.ts";
import type { PropertyRules } from "../model/property-rules.ts";
import type { LinkKind, ResourceType, Tags, UnknownPart } from "../model/resource.ts";

/** The groups a selection can name. */
export const GROUPS = [
  "compute",
  "containers",
  "databases",
  "streaming",
  "storage",
  "network",
  "identity",
  "monitoring",
  "ml",
  "management",
] as const;
export type Group = (typeof GROUPS)[number];

/** A link as data: every value at the path names a resource of the type. */
export interface LinkFact {
  readonly kind: LinkKind;
  readonly to: ResourceType;
  /** Path in the configuration, or `tag:KEY` for the value of a tag. */
  readonly path: Path | `tag:${string}`;
  /** Only ARNs of this service (`sns`) count: a list of targets or actions holds resources of several types. */
  readonly service?: string;
  /** Only ids that begin so (`igw-`) count: a route's GatewayId names gateways of several types. */
  readonly idPrefix?: string;
}

/** Links whose target type is told by the answer itself (the parts of a stack). */
export interface TypedLinkFact {
  readonly kind: LinkKind;
  /** Path of the elements; in each, `typeAt` holds the CloudFormation type and `idAt` the id. */
  readonly path: Path;
  readonly typeAt: string;
  readonly idAt: string;
}

/** The SDK schema that a configuration (or one property of it) has: checked by the contract suite. */
export interface ShapeRef {
  /** SDK package without scope: `client-ec2`. */
  readonly sdk: string;
  /** Schema name without the `$`: `Instance`. */
  readonly name: string;
  /** The member is a list of these. */
  readonly list?: true;
}

/**
 * What is known of a resource type: static data, imports no SDK.
 * Each rule of AWS that surprises cites its page in `sources`.
 */
export interface Facts extends PropertyRules {
  readonly type: ResourceType;
  /** `ec2:instance` */
  readonly short: string;
  /** What people call it, singular: `EC2 instance`. */
  readonly title: string;
  readonly group: Group;
  /** Global types are listed once, from the partition's main region, and filed under `global`. */
  readonly scope: "regional" | "global";
  /** Template with {partition} {region} {account} {id}. Entries give `arn` themselves where AWS's answer has it. */
  readonly arn: string;
  /** The shape of the configuration's own members. */
  readonly shape: ShapeRef;
  /** Members that the entry adds from other calls, each with its shape; `json` = a parsed document or a plain value. */
  readonly more?: Readonly<Record<string, ShapeRef | "json">>;
  readonly links: readonly (LinkFact | TypedLinkFact)[];
  /** Said of AWS's own default or managed objects of this type, which are listed but never touched. */
  readonly defaults?: string;
  /** IAM actions per ability; the whole truth about the calls that the entry makes. */
  readonly iam: { readonly list: readonly string[]; readonly read: readonly string[] };
  /** AWS pages. */
  readonly sources: readonly string[];
}

/** A resource as an entry found it: SDK values, unredacted, never stored. */
export interface Found {
  readonly id: string;
  readonly arn?: string | undefined;
  readonly name?: string | undefined;
  readonly createdAt?: Date | string | number | undefined;
  readonly state?: string | undefined;
  /** Undefined = could not be read (say so in `unknown`). */
  readonly tags: Tags;
  /** The API's answer for it, tags taken out, documents parsed. */
  readonly configuration: object;
  readonly unknown?: readonly UnknownPart[];
}

/** What an entry reads through: one account, one region, the read lane. */
export interface ReadScope {
  readonly account: string;
  readonly partition: string;
  /** The region being listed; for global types the partition's main region. */
  readonly region: Region;
  readonly signal: AbortSignal;
  /** A governed SDK client: retries, rate limits, error translation and head-room are its own. Throws EvenkeelError only. */
  client<C>(clientClass: ClientConstructor<C>): C;
  /** The page size to ask for: AWS's greatest, or the small one of a test. `min` = AWS's smallest. */
  pageSize(greatest: number, min?: number): number;
  /**
   * Tags by ARN through the Tagging API, a hundred resources a call, for types whose own listing has none. Read once a scan.
   * @param filter resource type filter of GetResources, `sqs` or `lambda:function`
   */
  tags(filter: string): Promise<TagLookup>;
}

/** Tags of a resource by ARN; when the Tagging API could not be read, no tags and the reason. */
export type TagLookup = (arn: string) => { readonly tags: Tags; readonly unknown?: readonly UnknownPart[] };

/** Behaviour of a resource type, loaded on demand. */
export interface Entry {
  /** All of them, page by page, always in the same order. */
  list(scope: ReadScope): AsyncIterable<Found>;
  /** One by its id, as list gives it; undefined = gone. */
  read(scope: ReadScope, id: string): Promise<Found | undefined>;
}
