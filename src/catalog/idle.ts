import type { Path } from "../model/path.ts";

/**
 * When a resource that runs counts as idle. Data that is missing is never idle: an hour without a data point leaves it
 * open, because nobody can tell a metric of zero from one that was not published.
 */
export interface IdleFacts {
  /** Only resources with this value at the path: the kinds of load balancers have metrics of their own. */
  readonly only?: { readonly path: Path; readonly is: string };
  /** `AWS/EC2` */
  readonly namespace: string;
  /** All of them must be quiet. */
  readonly signs: readonly IdleSign[];
  /** By AWS's name of the dimension; one whose path has several values makes as many series, and all must be quiet. */
  readonly dimensions: Readonly<Record<string, DimensionSource>>;
  /** How long it must have been quiet; younger resources are too young to say. */
  readonly hours: number;
  /** AWS pages for metrics and thresholds. */
  readonly sources: readonly string[];
}

export interface IdleSign {
  readonly metric: string;
  /** `Maximum`: its peak; `Sum`: the total of all the hours. */
  readonly statistic: "Maximum" | "Sum";
  /** Quiet = less than this, in the unit of the metric. */
  readonly below: number;
  /** For people, after the number: ` %`, ` bytes`. */
  readonly unit: string;
}

/** Where a dimension's value stands. */
export type DimensionSource =
  | { readonly from: "id" /** Of an id such as `cluster/service`, the part at this index. */; readonly part?: number }
  /** What follows this text in the ARN: `app/web/50dc6c495c0c9188` of a load balancer. */
  | { readonly from: "arn"; readonly after: string }
  | { readonly from: "configuration"; readonly path: Path };

/** AWS counts idleness in days; a week holds a weekend and every job that runs by the day. */
export const WEEK_HOURS = 168;

/** Where AWS says what it calls idle, and why. */
export const IDLE_CRITERIA = "https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html";
export const IDLE_CHECKS = "https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html";
