import { type Billed, billedAs } from "../../catalog/billed.ts";
import type { AccountId } from "../../model/brand.ts";
import type { Charged, ChargeKind, Verdict } from "../../model/cost.ts";
import type { ResourceType } from "../../model/resource.ts";
import type { BilledBaseline } from "./baseline.ts";

/** What a line is held against. */
export interface JudgeMeans {
  /** The account whose lines have no account of their own. */
  readonly account: AccountId;
  /** Of every account in the bill that has one. */
  readonly baselines: ReadonlyMap<string, BilledBaseline>;
  /** The Auto Scaling group of each instance and volume that is there now, by its bill keys; null = of none. */
  readonly members: ReadonlyMap<string, string | null>;
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

/** Types that Auto Scaling groups make and end by themselves. */
const SCALED: readonly ResourceType[] = ["AWS::EC2::Instance", "AWS::EC2::Volume"];

/**
 * Says of each line of a bill on which side it is. Only what is certainly in the baseline, or certainly was not there when it
 * was made, is on a side.
 */
export function judgeBy({ account, baselines, members }: JudgeMeans): (charged: Charged) => Verdict {
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
    const baseline = baselines.get(charged.account ?? account);
    if (!baseline) return verdict("unallocated", "accounts without a baseline");
    if (!billed) return verdict("unallocated", "resources of types that are not in the catalog");
    const known = baseline.types.get(billed.key);
    if (known !== undefined) return { side: "baseline", type: known };
    const group = charged.scalingGroup ?? members.get(billed.key);
    const owner = owned(billed, group, baseline);
    if (owner !== undefined) return verdict(owner.side, owner.reason);
    const doubt = billed.types.map((each) => baseline.doubt(each, billed.region)).find((each) => each !== undefined);
    return doubt === undefined ? verdict("notBaseline") : verdict("unallocated", doubt);
  };
}

/**
 * The side of what an Auto Scaling group may have made; undefined = none has. Instances of a group in the baseline are the
 * baseline's, though each is new.
 */
function owned(
  { types, region }: Billed,
  group: string | null | undefined,
  baseline: BilledBaseline,
): Verdict | undefined {
  if (group === null || !types.some((type) => SCALED.includes(type))) return undefined;
  // A line that does not tell its region may be of any.
  const all = [...baseline.scalingGroups].filter(([where]) => region === undefined || where === region);
  if (group !== undefined)
    return all.some(([, names]) => names.has(group))
      ? { side: "baseline", reason: "of Auto Scaling groups in the baseline" }
      : undefined;
  if (all.length === 0) return undefined;
  return {
    side: "unallocated",
    reason: "instances and volumes that an Auto Scaling group of the baseline may have made",
  };
}
