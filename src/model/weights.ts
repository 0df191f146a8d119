/** Weights of the target groups of one forward action, 0 to 999, by target group ARN. */
export type Weights = Readonly<Record<string, number>>;

/** AWS's greatest weight. Source: Application Load Balancers guide, "Listener rules", forward actions. */
export const GREATEST_WEIGHT = 999;

/** How the load that the primary gives up is spread over the other groups. */
export const SPREADS = ["evenly", "by-weight"] as const;
export type Spread = (typeof SPREADS)[number];

/** How much is to be shed. Percents, 0 to 100. */
export interface Degree {
  /** Share of its own baseline weight that the primary gives up. */
  readonly level: number;
  /** Greatest share of the rule's whole weight that the other groups together may get by that. */
  readonly cap: number;
}

/**
 * The weights of a rule at a degree of shedding, from its baseline weights alone: so it does not matter how, or from where,
 * that degree was come to. The sum stays what it is, no weight leaves 0 to 999, and the order of the groups plays no part.
 * Weights are whole: a rule whose weights add up to 1 can only be shed whole.
 */
export function shedWeights(baseline: Weights, primary: string, { level, cap }: Degree, spread: Spread): Weights {
  const own = baseline[primary] ?? 0;
  const others = Object.keys(baseline).filter((group) => group !== primary);
  const total = sumOf(Object.values(baseline));
  // Rounded up: never more is shed than the level and the cap say.
  const byLevel = Math.ceil((own * (100 - level)) / 100);
  const byCap = Math.ceil((total * (100 - cap)) / 100);
  const room = sumOf(others.map((group) => GREATEST_WEIGHT - (baseline[group] ?? 0)));
  const kept = Math.min(own, Math.max(byLevel, byCap, own - room));
  const gained = distribute(own - kept, baseline, others, spread);
  return Object.fromEntries(
    Object.entries(baseline).map(([group, weight]) => [
      group,
      group === primary ? kept : weight + (gained.get(group) ?? 0),
    ]),
  );
}

/**
 * Spreads a weight by largest remainder; ties fall by ARN. A group whose part would carry it beyond the greatest weight is
 * filled up, and the others share the rest as if it were not there.
 */
function distribute(
  amount: number,
  baseline: Weights,
  groups: readonly string[],
  spread: Spread,
): ReadonlyMap<string, number> {
  const roomOf = (group: string) => GREATEST_WEIGHT - (baseline[group] ?? 0);
  const parts = largestRemainder(amount, groups, claims(baseline, groups, spread));
  const full = parts.filter(([group, part]) => part > roomOf(group)).map(([group]) => group);
  if (full.length === 0) return new Map(parts);
  const left = amount - sumOf(full.map(roomOf));
  const others = groups.filter((group) => !full.includes(group));
  return new Map([
    ...full.map((group): [string, number] => [group, roomOf(group)]),
    ...distribute(left, baseline, others, spread),
  ]);
}

/** What each group is to get in proportion to; evenly, too, where none has a weight to go by. */
function claims(baseline: Weights, groups: readonly string[], spread: Spread): (group: string) => number {
  const hasWeights = groups.some((group) => (baseline[group] ?? 0) > 0);
  return spread === "by-weight" && hasWeights ? (group) => baseline[group] ?? 0 : () => 1;
}

function largestRemainder(
  amount: number,
  groups: readonly string[],
  claimOf: (group: string) => number,
): [string, number][] {
  const claimed = sumOf(groups.map(claimOf));
  const parts = groups.map((group) => {
    const exact = amount * claimOf(group);
    return { group, whole: Math.floor(exact / claimed), rest: exact % claimed };
  });
  let missing = amount - sumOf(parts.map(({ whole }) => whole));
  const byRest = [...parts].sort((a, b) => b.rest - a.rest || (a.group < b.group ? -1 : 1));
  return byRest.map(({ group, whole }) => [group, whole + (missing-- > 0 ? 1 : 0)]);
}

/** Whether two readings of a rule name the same groups, in whatever order. */
export function sameGroups(a: Weights, b: Weights): boolean {
  const groups = Object.keys(a);
  return groups.length === Object.keys(b).length && groups.every((group) => Object.hasOwn(b, group));
}

/** Whether two readings of a rule name the same groups with the same weights. */
export function sameWeights(a: Weights, b: Weights): boolean {
  return sameGroups(a, b) && Object.keys(a).every((group) => a[group] === b[group]);
}

/** Share of a rule's new requests that a group gets, 0 to 1; of a rule without any weight, none. */
export function shareOf(weights: Weights, group: string): number {
  const total = sumOf(Object.values(weights));
  return total === 0 ? 0 : (weights[group] ?? 0) / total;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
