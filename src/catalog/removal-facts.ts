import type { Path } from "../model/path.ts";
import type { ResourceType } from "../model/resource.ts";

/**
 * What a link means when things are removed; absent = of `owns`: the owned goes with its owner; of all others: this one
 * goes before what it names, which is in use as long as this one stays. `after`: it is the other way round, what it names
 * holds it (a volume and its instance). `with`: it goes with what it names, and is never removed by itself (an instance
 * and its Auto Scaling group). `together`: it goes before what it names, and only if that goes, too (an Aurora member and
 * its cluster). `along`: it goes with what it names, or by itself (a listener and its load balancer). `apart`: neither holds the other (a route table and its subnets: AWS ends the association with either).
 */
export type OnRemoval = "after" | "with" | "along" | "together" | "apart";

/** What AWS wants to be done to a resource before it can be removed. */
export interface PreparationFacts {
  /** What is done, for people: `all versions and delete markers deleted`. */
  readonly how: string;
  /** Types of which it holds none any more afterwards: these need not wait until it is removed itself. */
  readonly releases?: readonly ResourceType[];
  /** Types that stand in its way as long as one of them is attached to what it is attached to. */
  readonly waitsFor?: readonly ResourceType[];
  readonly iam: readonly string[];
}

/** The preparation that switches a protection of AWS's off, where a person has named the type for that. */
export const UNPROTECT = "unprotect";

/** How a type is removed and what that means. */
export interface RemovalFacts {
  /** What is done, for people: `terminated`, `deleted`. */
  readonly how: string;
  /** What is lost for good besides its configuration: `the data of its instance store`. */
  readonly loses: readonly string[];
  /** It is removed only where a person has named its type. */
  readonly holdsData?: true;
  /** What is kept of its data, for people: `a final snapshot`. */
  readonly backup?: string;
  /** By name, in the order in which they are done. Which of them one resource needs, `inspect` tells. */
  readonly preparations?: Readonly<Record<string, PreparationFacts>>;
  /** Where this member is true, the service that made it removes it by itself; nobody else may. */
  readonly serviceManaged?: Path;
  /** How long it may take until it is gone, or until what holds it has let go, before it counts as deferred. */
  readonly patienceMinutes: number;
  readonly iam: {
    /** What `inspect` calls besides the type's `read`. */
    readonly inspect: readonly string[];
    readonly backup?: readonly string[];
    readonly remove: readonly string[];
  };
}
