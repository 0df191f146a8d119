import type { ClientConstructor } from "../aws/clients.ts";
import type { Region } from "../model/brand.ts";
import type { Clock } from "../model/clock.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { Path } from "../model/path.ts";
import type { PropertyRules } from "../model/property-rules.ts";
import type { LinkKind, Resource, ResourceType, Tags, UnknownPart } from "../model/resource.ts";
import type { BilledFacts } from "./billed-facts.ts";
import type { Charges } from "./charges.ts";
import type { IdleFacts } from "./idle.ts";
import type { OnRemoval, RemovalFacts } from "./removal-facts.ts";

export { type OnRemoval, type PreparationFacts, type RemovalFacts, UNPROTECT } from "./removal-facts.ts";

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
  /**
   * Only where this member of the same element (of one of them, where it is in a list) is so; absent = is true. `path` then
   * ends behind that element's `[]`, or is empty for the configuration itself, and `idAt` leads to the id.
   */
  readonly where?: { readonly member: Path; readonly is?: Json; readonly idAt: Path };
  readonly onRemoval?: OnRemoval;
}

/** Links whose target type is told by the answer itself (the parts of a stack). */
export interface TypedLinkFact {
  readonly kind: LinkKind;
  /** Path of the elements; in each, `typeAt` holds the CloudFormation type and `idAt` the id. */
  readonly path: Path;
  readonly typeAt: string;
  readonly idAt: string;
  readonly onRemoval?: OnRemoval;
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
 * The stages of a pause, first to last; a resume takes them from last to first. Alarms are quiet before anything stops,
 * what triggers work is off before what does it, owners before what they own, and databases go last and come first.
 */
export const PAUSE_STAGES = ["alarms", "triggers", "controllers", "services", "compute", "databases"] as const;
export type PauseStage = (typeof PAUSE_STAGES)[number];

/** How a type is paused and what that means. */
export interface PauseFacts {
  readonly stage: PauseStage;
  /** What is done, for people: `stopped`, `desired count 0, scaling suspended`. */
  readonly how: string;
  /** Other ways that a person may choose by name, each with what is done. */
  readonly ways?: Readonly<Record<string, string>>;
  /** Ways that end the members themselves, which then are no steps of their own. */
  readonly takesMembers?: readonly string[];
  /** What it goes on costing while it is paused; empty = nothing. */
  readonly keepsCosting: readonly string[];
  /** AWS starts it again by itself after so many days. */
  readonly restartsAfterDays?: number;
  /** How long a stop or a start may take before it counts as deferred. */
  readonly patienceMinutes: number;
  readonly iam: {
    readonly capture: readonly string[];
    readonly pause: readonly string[];
    readonly resume: readonly string[];
  };
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
  /** Absent = it can't be paused. */
  readonly pause?: PauseFacts;
  /** Absent = Evenkeel does not remove it. */
  readonly removal?: RemovalFacts;
  /** Said of a type that costs money and has no stop: what a person can do about it. */
  readonly noStop?: string;
  /** When it counts as idle though it runs; the first rule that fits counts. Absent = no metric tells. */
  readonly idle?: readonly IdleFacts[];
  /** How bills name it, where its ARN does not tell. */
  readonly billed?: BilledFacts;
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
  /** Tells whether a date has passed; and waits, in the few types whose stop or resume takes several rounds. */
  readonly clock: Clock;
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

/** What a pause and a resume write through: besides reading, the write lane. */
export interface WriteScope extends ReadScope {
  /** A governed client of the write lane. */
  writer<C>(clientClass: ClientConstructor<C>): C;
}

/** What a resource is like as far as pausing goes. */
export interface PauseState {
  /** `moving` = on its way from one to the other by itself. */
  readonly phase: "running" | "moving" | "paused";
  /** Everything that a resume must put back, and nothing secret. Compared with what the plan saw. */
  readonly saved: JsonObject;
  /** For people: `running`, `3 of 3 tasks`, `available`. */
  readonly words: string;
  /** What `resumed` has to know beside it and nobody saves or compares: how members do, why AWS let it fall back. */
  readonly live?: JsonObject;
}

/** Whether a resource can be paused and come back. What is not eligible is kept, with the reason; it is no failure. */
export type Eligibility =
  | {
      readonly kind: "eligible";
      /** What is lost by pausing this one: `the data of 2 instance store volumes`. */
      readonly loses: readonly string[];
      /** What may fail on the way back. */
      readonly risks: readonly string[];
    }
  | { readonly kind: "kept"; readonly reason: string };

/** A field that is not again as it was, and why that is so where AWS has a rule for it. */
export interface Difference {
  readonly field: string;
  readonly before: Json;
  readonly after: Json;
  readonly because?: string;
}

/**
 * The pause ability of a type: whole or not at all. `way` is one of the facts' `ways`, the same for pause and resume;
 * undefined = the usual one.
 */
export interface Pause {
  /** Pausing deletes it, and resuming makes it again from what is kept: one that is gone counts as paused. */
  readonly goneIsPaused?: true;
  /** The present state, read anew; undefined = gone. Callers that act on it ask {@link stateOf}. */
  capture(scope: ReadScope, id: string): Promise<PauseState | undefined>;
  eligible(state: PauseState, resource: Resource, way?: string): Eligibility;
  /**
   * Absolute and idempotent; returns when AWS has accepted it, not when it has happened. Where AWS takes several rounds
   * (halving shards) it waits for each but the last on the scope's clock, and goes on from wherever it finds the resource.
   */
  stop(scope: WriteScope, id: string, saved: JsonObject, way?: string): Promise<void>;
  /** Puts back what was saved; absolute and idempotent. */
  resume(scope: WriteScope, id: string, saved: JsonObject, way?: string): Promise<void>;
  /**
   * How far a resume has come: `ready` = still paused, `moving` = on its way, `done` = running; with what is not as it
   * was (public address, shard ids).
   */
  resumed(
    saved: JsonObject,
    now: PauseState,
    way?: string,
  ): { readonly phase: "ready" | "moving" | "done"; readonly differs: readonly Difference[] };
}

/** What a resource is like as far as removing goes. */
export interface RemovalState {
  /** It is on its way out by itself. */
  readonly leaving?: true;
  /** Why it is never removed: AWS's own default object, a final state. */
  readonly refuses?: string;
  /** A protection of AWS's own that is on: `termination protection`. */
  readonly guardedBy?: string;
  /** The preparations that it needs just now. */
  readonly needs?: readonly string[];
  /** What tells it from another one of the same name, beside its creation date: `RoleId`. */
  readonly identity?: JsonObject;
  /** For people: `running`, `3,000 versions`. */
  readonly words?: string;
  /** What is lost with this one beside what its type's facts say. */
  readonly loses?: readonly string[];
}

/**
 * The removal ability of a type: whole or not at all. Everything is idempotent; what is gone is a success. `found` is what
 * the entry's `read` gives just before.
 */
export interface Removal {
  inspect(found: Found, scope: ReadScope): RemovalState | Promise<RemovalState>;
  /** Does what is needed first; returns when AWS has accepted it. Present where the facts have preparations. */
  prepare?(scope: WriteScope, found: Found, name: string): Promise<unknown>;
  /** A copy that is a step of its own. Present where the facts have `iam.backup`. */
  readonly backup?: {
    look(scope: ReadScope, id: string, name: string): Promise<"none" | "moving" | "done">;
    take(scope: WriteScope, found: Found, name: string): Promise<unknown>;
  };
  /**
   * Returns when AWS has accepted it, not when it is gone.
   * @param finalSnapshot name of the copy that AWS makes while removing, where the facts have a backup without `iam.backup`; undefined = none is wanted
   */
  remove(scope: WriteScope, found: Found, finalSnapshot?: string): Promise<unknown>;
}

/** Behaviour of a resource type, loaded on demand. */
export interface Entry {
  /** All of them, page by page, always in the same order. */
  list(scope: ReadScope): AsyncIterable<Found>;
  /** One by its id, as list gives it; undefined = gone. */
  read(scope: ReadScope, id: string): Promise<Found | undefined>;
  readonly pause?: Pause;
  readonly removal?: Removal;
  /** What it costs; absent = not known, which a plan says. */
  readonly charges?: Charges;
}
