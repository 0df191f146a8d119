import { type Facts, PAUSE_STAGES } from "../../catalog/contract.ts";
import { DENIABLE } from "../../catalog/denying.ts";
import { markingOf } from "../../catalog/marking-rules.ts";
import { quarantineState } from "../../engine/quarantine-executor.ts";
import type { Removable } from "../../engine/removable.ts";
import type { IsoInstant } from "../../model/brand.ts";
import type { Step } from "../../model/plan.ts";
import type { Way } from "./quarantine-ways.ts";

interface Entering {
  readonly way: Extract<Way, { way: unknown }>;
  readonly facts: Facts;
  readonly found: Removable;
  readonly until: IsoInstant;
}

/** The step that puts one into quarantine, in place of the one that would have removed it. */
export function quarantineStep(removal: Step, { way, facts, found, until }: Entering): Step {
  const { target } = removal;
  const { pause } = facts;
  const isStop = way.way === "stop" && pause !== undefined;
  const rule = markingOf(target.type);
  const how = isStop ? pause.how : way.way === "deny" ? "all rights denied" : "tagged";
  const actions = [
    ...facts.iam.read,
    ...(facts.removal?.iam.inspect ?? []),
    ...("mark" in rule ? rule.mark : []),
    ...(isStop ? [...pause.iam.capture, ...pause.iam.pause] : []),
    ...(way.way === "deny" ? (DENIABLE[target.type]?.deny ?? []) : []),
  ];
  const restarts = isStop && pause.restartsAfterDays !== undefined;
  return {
    id: `quarantine ${target.arn}`,
    operation: "quarantine",
    target,
    way: way.way,
    says: `${facts.title} ${target.name ?? target.id}: ${how}, in quarantine until ${until}`,
    reason: removal.reason,
    stage: isStop ? PAUSE_STAGES.indexOf(pause.stage) : 0,
    expects: quarantineState(found, until, way.state),
    saves: { until, ...(way.state ? { state: way.state } : {}) },
    after: [],
    loses: way.loses,
    risks: [...way.risks, ...(restarts ? [`AWS starts it again by itself after ${pause.restartsAfterDays} days`] : [])],
    iam: [...new Set(actions)].sort(),
  };
}
