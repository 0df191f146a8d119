import type { Relations } from "../../engine/relations.ts";
import type { Removable } from "../../engine/removal-executor.ts";
import type { IsoInstant } from "../../model/brand.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { type Kept, type Plan, planDigest, type Target } from "../../model/plan.ts";
import { quarantineOf } from "../../model/quarantine.ts";
import type { Resource } from "../../model/resource.ts";
import type { Candidate } from "./plan.ts";
import { quarantineStep } from "./quarantine-step.ts";
import type { Way } from "./quarantine-ways.ts";

const HOUR_MS = 3_600_000;
const UNITS = { h: HOUR_MS, d: 24 * HOUR_MS };
const LONGEST_MS = 365 * UNITS.d;

/** @throws EvenkeelError USAGE */
export function parseQuarantine(text: string): number {
  const [, number = "", unit = ""] = /^(\d{1,5})([hd])$/.exec(text) ?? [];
  const ms = Number(number) * (unit === "d" ? UNITS.d : UNITS.h);
  if (ms >= HOUR_MS && ms <= LONGEST_MS) return ms;
  throw new EvenkeelError("USAGE", `--quarantine can't be "${text}": it is a number of hours or days, 1h to 365d`, {
    hint: "for example --quarantine 7d",
  });
}

export interface QuarantinePolicy {
  readonly until: IsoInstant;
  /** By ARN, of those that a plan would remove and that have not been in quarantine. */
  readonly ways: ReadonlyMap<string, Way>;
  readonly candidates: readonly Candidate[];
  readonly relations: Relations;
}

/**
 * The same plan, where what has not been in quarantine goes there first, and what can only go after one of those stays for
 * now. Pure.
 */
export function withQuarantine(plan: Plan, policy: QuarantinePolicy): Plan {
  const { ways, candidates, until } = policy;
  const reasons = whyNotYet(plan, policy);
  const byArn = new Map<string, Candidate>(candidates.map((each) => [each.resource.arn, each]));
  const removals = plan.steps.filter(({ operation }) => operation === "remove");
  const entering = removals.flatMap((step) => {
    const way = ways.get(step.target.arn);
    const candidate = byArn.get(step.target.arn);
    const found = candidate && removableOf(candidate);
    return way && "way" in way && candidate && found
      ? [quarantineStep(step, { way, facts: candidate.facts, found, until })]
      : [];
  });
  const waiting = removals.flatMap(({ target }): Kept[] => {
    const way = ways.get(target.arn);
    if (way) return "never" in way ? [{ target, reason: `it can't be put into quarantine: ${way.never}` }] : [];
    const reason = reasons.get(target.arn);
    return reason === undefined ? [] : [{ target, reason }];
  });
  const left = new Map<string, Kept>(waiting.map((each) => [each.target.arn, each]));
  const kept = [...plan.kept.map((each) => alongOf(each, plan.kept, left, ways)), ...waiting];
  const steps = plan.steps.filter(({ target }) => !ways.has(target.arn) && !reasons.has(target.arn));
  const { digest: _, ...draft } = {
    ...plan,
    steps: [...steps, ...entering].sort((a, b) => a.stage - b.stage || (a.id < b.id ? -1 : 1)),
    kept: kept.sort((a, b) => (a.target.arn < b.target.arn ? -1 : 1)),
  };
  return { ...draft, digest: planDigest(draft) };
}

/** Why it may not be removed yet. */
export function stillIn({ tags }: Pick<Resource, "tags">, now: number): string | undefined {
  const quarantine = quarantineOf(tags, now);
  return quarantine.kind === "stays" ? quarantine.reason : undefined;
}

/** What a candidate was when it was read, if it could be. */
export function removableOf({ found }: Candidate): Removable | undefined {
  return found && found !== "gone" && !("unread" in found) ? found : undefined;
}

/** Of those that could go now, but only after, or together with, something that does not. */
function whyNotYet({ steps }: Plan, { ways, relations }: QuarantinePolicy): ReadonlyMap<string, string> {
  const targets = new Map(steps.map(({ id, target }) => [id, target]));
  const reasons = new Map<string, string>();
  const says = (other: Target) => {
    const way = ways.get(other.arn);
    const why = way && "way" in way ? "is in quarantine first" : "is not removed yet";
    return `it waits for ${other.name ?? other.id}, which ${why}`;
  };
  const byArn = new Map<string, Target>(steps.map(({ target }) => [target.arn, target]));
  const stays = (arn: string) => ways.has(arn) || reasons.has(arn);
  for (let before = -1; before < reasons.size; ) {
    before = reasons.size;
    for (const { target, after } of steps) {
      if (stays(target.arn)) continue;
      const awaited = after.flatMap((id) => targets.get(id) ?? []);
      const owners = relations.ownersOf(target.arn).flatMap(({ owner }) => byArn.get(owner) ?? []);
      const blocker = [...awaited, ...owners].find(({ arn }) => arn !== target.arn && stays(arn));
      if (blocker) reasons.set(target.arn, says(blocker));
    }
  }
  return reasons;
}

/** What would have gone along with something that stays for now stays with it; with what is in quarantine it goes later. */
function alongOf(
  each: Kept,
  all: readonly Kept[],
  left: ReadonlyMap<string, Kept>,
  ways: ReadonlyMap<string, Way>,
): Kept {
  const taker = takerOf(each, all);
  if (taker === undefined) return each;
  if (left.has(taker)) {
    const { goesWith: _, ...others } = each;
    return { ...others, reason: `it goes with ${nameOf(left.get(taker)?.target)}, which is not removed yet` };
  }
  return ways.has(taker) ? { ...each, reason: `${each.reason}, which is in quarantine first` } : each;
}

/** What has the step with which it goes, over others that go along themselves. */
function takerOf({ goesWith }: Kept, all: readonly Kept[], depth = 0): string | undefined {
  const next = all.find(({ target, goesWith: further }) => target.arn === goesWith && further !== undefined);
  return next && depth < all.length ? takerOf(next, all, depth + 1) : goesWith;
}

function nameOf(target: Target | undefined): string {
  return target?.name ?? target?.id ?? "its owner";
}
