import { instant } from "../../model/brand.ts";
import type { JsonObject } from "../../model/json.ts";
import type { Plan, Step } from "../../model/plan.ts";
import { amended } from "../../model/plan-draft.ts";
import type { ScannedResource } from "../../model/resource.ts";
import { bornAt } from "./packer/age.ts";

/** The waiters of EC2 take up to ten minutes; what is not terminated after half of that is looked at by the next run. */
const PATIENCE_MINUTES = 5;

/** The same plan with what a report tells of each instance that it terminates, and how long that is waited for. Pure. */
export function withInstances(plan: Plan, seen: readonly ScannedResource[], now: number): Plan {
  const byArn = new Map<string, ScannedResource>(seen.map((each) => [each.arn, each]));
  const steps = plan.steps.map((step): Step => {
    const instance = step.target.type === "AWS::EC2::Instance" ? byArn.get(step.target.arn) : undefined;
    if (!instance || step.operation !== "remove") return step;
    return { ...step, saves: { ...step.saves, ...recordOf(instance, now) }, patienceMinutes: PATIENCE_MINUTES };
  });
  return amended(plan, { steps });
}

function recordOf(instance: ScannedResource, now: number): JsonObject {
  const { state, configuration } = instance;
  const born = bornAt(instance, now);
  return {
    instanceType: configuration.InstanceType ?? null,
    state: state ?? null,
    key: configuration.KeyName ?? null,
    since: born === undefined ? null : instant(born),
  };
}
