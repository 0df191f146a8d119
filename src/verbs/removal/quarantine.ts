import type { Relations } from "../../engine/relations.ts";
import type { IsoInstant } from "../../model/brand.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { Plan } from "../../model/plan.ts";
import { quarantineOf } from "../../model/quarantine.ts";
import type { Resource } from "../../model/resource.ts";
import type { Candidate } from "./plan.ts";
import { type Instead, postponed } from "./postponed.ts";
import { quarantineStep } from "./quarantine-step.ts";
import type { Way } from "./quarantine-ways.ts";
import { removableOf } from "./read-one.ts";

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

/** The same plan, where what has not been in quarantine goes there first. Pure. */
export function withQuarantine(plan: Plan, { ways, candidates, until, relations }: QuarantinePolicy): Plan {
  const byArn = new Map<string, Candidate>(candidates.map((each) => [each.resource.arn, each]));
  const instead = new Map<string, Instead>();
  for (const step of plan.steps) {
    const way = ways.get(step.target.arn);
    const candidate = byArn.get(step.target.arn);
    const found = candidate && removableOf(candidate);
    if (step.operation !== "remove" || !way || !candidate || !found) continue;
    instead.set(
      step.target.arn,
      "never" in way
        ? { kept: `it can't be put into quarantine: ${way.never}` }
        : quarantineStep(step, { way, facts: candidate.facts, found, until }),
    );
  }
  return postponed(plan, { instead, relations, first: "is in quarantine first" });
}

/** Why it may not be removed yet. */
export function stillIn({ tags }: Pick<Resource, "tags">, now: number): string | undefined {
  const quarantine = quarantineOf(tags, now);
  return quarantine.kind === "stays" ? quarantine.reason : undefined;
}
