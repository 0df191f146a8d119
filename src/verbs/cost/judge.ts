import { type Billed, billedAs } from "../../catalog/billed.ts";
import type { AccountId, Region } from "../../model/brand.ts";
import type { Charged, ChargeKind, Verdict } from "../../model/cost.ts";
import type { ResourceType } from "../../model/resource.ts";
import type { BilledBaseline } from "./baseline.ts";
import { groupKey, MAKERS } from "./makers.ts";

/** What a line is held against. */
export interface JudgeMeans {
  /** The account whose lines have no account of their own. */
  readonly account: AccountId;
  /** Of every account in the bill that has one. */
  readonly baselines: ReadonlyMap<string, BilledBaseline>;
  /** What has launched each instance and volume that is there now, by its bill keys; null = nothing. */
  readonly members: ReadonlyMap<string, string | null>;
  /** All regions of the account; absent = not known. What does not tell its region may be in any. */
  readonly everywhere?: readonly Region[] | undefined;
}

/** Why a line without a resource is on no side, by its kind. */
const WITHOUT_RESOURCE: Readonly<Record<ChargeKind, string>> = {
  usage: "usage that names no resource",
  tax: "tax",
  support: "support",
  transfer: "data transfer that names no resource",
  fee: "fees of reservations, Savings Plans and subscriptions",
  credit: "credits",
  refund: "refunds",
  discount: "discounts",
  other: "charges that name no resource",
};

/** Charged to the account as a whole, whatever resource they name: a Savings Plan is a resource, too, to a bill. */
const OF_NO_RESOURCE: readonly ChargeKind[] = ["tax", "support", "fee"];

/** Types that Auto Scaling groups, fleets and clusters make and end by themselves. */
const SCALED: readonly ResourceType[] = ["AWS::EC2::Instance", "AWS::EC2::Volume"];

/** Types that services make and end for resources of others: load balancers, tasks, functions, instances. */
const MADE_BY_SERVICES: readonly ResourceType[] = ["AWS::EC2::NetworkInterface"];

/**
 * Says of each line of a bill on which side it is. Only what is certainly in the baseline, or certainly was not there when it
 * was made, is on a side.
 */
export function judgeBy(means: JudgeMeans): (charged: Charged) => Verdict {
  const { account, baselines, members, everywhere } = means;
  return (charged) => {
    const { kind, resource } = charged;
    const billed = billedAs(charged);
    const type = billed?.types[0];
    const verdict = (side: Verdict["side"], reason?: string): Verdict => ({
      side,
      ...(reason === undefined ? {} : { reason }),
      ...(type === undefined ? {} : { type }),
    });
    if (resource === undefined || OF_NO_RESOURCE.includes(kind)) return verdict("unallocated", WITHOUT_RESOURCE[kind]);
    // One account may be charged for what is another's.
    const baseline = baselines.get(billed?.account ?? charged.account ?? account);
    if (!baseline) return verdict("unallocated", "accounts without a baseline");
    if (!billed) return verdict("unallocated", "resources of types that are not in the catalog");
    const known = baseline.types.get(billed.key);
    if (known !== undefined) return { side: "baseline", type: known };
    const group = charged.scalingGroup === undefined ? members.get(billed.key) : groupKey(charged.scalingGroup);
    const regions = billed.region === undefined ? everywhere : [billed.region];
    const owner = owned(billed, group, regions, baseline);
    if (owner !== undefined) return verdict(owner.side, owner.reason);
    const doubt = baseline.doubt(billed.types, regions);
    return doubt === undefined ? verdict("notBaseline") : verdict("unallocated", doubt);
  };
}

/**
 * The side of what something in the baseline may have made; undefined = nothing has. Instances of a group in the baseline are
 * the baseline's, though each is new.
 * @param group null = of none, undefined = not known
 */
function owned(
  { types, region }: Billed,
  group: string | null | undefined,
  regions: readonly string[] | undefined,
  baseline: BilledBaseline,
): Verdict | undefined {
  if (types.some((type) => MADE_BY_SERVICES.includes(type)))
    return {
      side: "unallocated",
      reason: "network interfaces that are not in the baseline, and may have been made for what is",
    };
  if (group === null || !types.some((type) => SCALED.includes(type))) return undefined;
  // A line that does not tell its region may be of any.
  const makers = [...baseline.makers].flatMap(([where, all]) =>
    region === undefined || where === region ? [...all] : [],
  );
  if (group !== undefined && makers.includes(group))
    return { side: "baseline", reason: "of Auto Scaling groups, fleets and EMR clusters in the baseline" };
  if (group === undefined && makers.length > 0)
    return {
      side: "unallocated",
      reason: "instances and volumes that an Auto Scaling group, fleet or EMR cluster of the baseline may have made",
    };
  if (baseline.doubt(MAKERS, regions) === undefined) return undefined;
  return {
    side: "unallocated",
    reason: "instances and volumes of Auto Scaling groups, fleets and EMR clusters, which the baseline did not see",
  };
}
