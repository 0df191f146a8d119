import type { JsonObject } from "../../model/json.ts";
import { type Path, valuesAt } from "../../model/path.ts";
import type { ResourceType, ScannedResource } from "../../model/resource.ts";
import type { FindResource } from "../../model/resource-index.ts";
import type { GroupHealth } from "../../model/shed.ts";

/**
 * Something that costs money and is probably not needed, as data with one question. Each has a page of its name in
 * docs/findings/, and a world in the tests that has it beside others that almost have it.
 */
export interface FindingRule {
  /** Kebab-case; what `--rule` takes and what the page is called. */
  readonly id: string;
  /** What it finds, as a plural: `volumes that are attached to nothing`. */
  readonly finds: string;
  /** What it judges. */
  readonly types: readonly ResourceType[];
  /** What it reads besides, of the whole region: unless all of that was completely read it can't judge. */
  readonly looksAt?: readonly ResourceType[];
  /** How old something must be, or for how long it must have been as it is. Absent = its age does not matter. */
  readonly days?: number;
  /** CloudWatch must have a quiet value for each hour of so many days, by the catalog's signs of idleness. */
  readonly quietDays?: number;
  /** IAM actions beside listings, metrics and prices. */
  readonly calls?: readonly string[];
  /** What is counted with it and is then no finding of its own: all that the path names. */
  readonly counts?: { readonly type: ResourceType; readonly path: Path };
  readonly saves: Saves;
  /** Why the true amount may be less than what is shown; absent = it is the list price. */
  readonly atMost?: string;
  /** What a person can do, as a sentence without its full stop. */
  readonly remedy: string;
  /** The command that is next. One of Evenkeel changes nothing, or asks first; one of AWS's changes at once. */
  readonly command: (resource: ScannedResource) => string;
  /** AWS pages that it follows from. */
  readonly sources: readonly string[];
  /** Undefined = it is not such a thing, or nobody can be sure. Never throws for what AWS says. */
  readonly judge: (resource: ScannedResource, world: RuleWorld) => Judgement | Promise<Judgement>;
}

/** `found`: the reason, with the numbers; `unread`: what could not be read, so that it can't be told. */
export type Judgement = { readonly found: string } | { readonly unread: string } | undefined;

/**
 * What ends with the remedy. `removal`: all of what it costs, or the named parts of it; `pause`: what a pause ends;
 * `change`: the difference to what the same thing costs with other properties.
 */
export type Saves =
  | { readonly kind: "removal"; readonly parts?: readonly string[] }
  | { readonly kind: "pause" }
  | { readonly kind: "change"; readonly to: (configuration: JsonObject) => JsonObject };

/** What a rule knows beside the resource itself. */
export interface RuleWorld {
  readonly now: number;
  readonly find: FindResource;
  /** Whatever links to it, of the types that the rule looks at. */
  readonly linking: (resource: ScannedResource) => readonly ScannedResource[];
  readonly health: (targetGroup: ScannedResource) => Promise<GroupHealth>;
}

/** What is counted with a resource, by id. */
export function countedWith({ counts }: FindingRule, { configuration }: ScannedResource): string[] {
  return counts ? valuesAt(configuration, counts.path).map(String) : [];
}

const DAY_MS = 24 * 3_600_000;

/** Whether something was so many whole days ago; false where the date is not known. */
export function isPast(date: string | undefined, days: number, now: number): boolean {
  // Not `<`: a date that is none is not past.
  return date !== undefined && now - Date.parse(date) >= days * DAY_MS;
}

/** Who uses it, what goes along, what protects it. */
export const explain = ({ arn }: ScannedResource): string => `evenkeel explain ${arn}`;

/**
 * What Kubernetes has made is detached or empty whenever its pods are not there, in a paused cluster too: only the cluster
 * knows whether it is still claimed. Source: github.com/kubernetes-sigs/aws-ebs-csi-driver and aws-load-balancer-controller, their tags.
 */
export function isOfKubernetes({ tags }: ScannedResource): boolean {
  return Object.keys(tags).some((key) => /^(kubernetes\.io\/|ebs\.csi\.aws\.com\/|elbv2\.k8s\.aws\/)/.test(key));
}
