import { removalBreaches } from "../../engine/removal-budget.ts";
import type { Coverage } from "../../model/coverage.ts";
import { isError } from "../../model/errors.ts";
import { orderSteps } from "../../model/graph.ts";
import type { Step, Target } from "../../model/plan.ts";
import type { Resource } from "../../model/resource.ts";
import type { VerbContext } from "../context.ts";
import { parseRemoval } from "../removal/options.ts";
import { prepareRemoval } from "../removal/prepare.ts";

/** What a restore would do with it if it were not in the baseline. */
export type RemovalVerdict =
  | {
      readonly kind: "steps";
      /** What is done first, and the removal itself as the last. */
      readonly steps: readonly Step[];
      /** What would go with it. */
      readonly along: readonly Target[];
      /** What a person would have to allow: the type holds data. */
      readonly asks?: string;
    }
  | { readonly kind: "kept"; readonly reason: string };

/** The decision is the planner's own: a plan of it alone. */
export async function removalVerdictOf(
  context: VerbContext,
  resource: Resource,
  coverage: Coverage,
): Promise<RemovalVerdict> {
  const wanted = {
    verb: "restore",
    selection: { types: [resource.type], regions: [resource.region], ids: [resource.arn] },
    coverage,
    resources: [{ resource, reason: "it is asked about" }],
    stays: () => undefined,
  };
  try {
    const plan = await prepareRemoval(context, wanted, parseRemoval({}));
    const left = plan.kept.find(({ target, goesWith }) => target.arn === resource.arn && goesWith === undefined);
    if (plan.steps.length === 0) return { kind: "kept", reason: left?.reason ?? "it could not be read again" };
    const along = plan.kept.filter(({ goesWith }) => goesWith !== undefined).map(({ target }) => target);
    const asks = removalBreaches(plan).find(({ guard }) => guard === "allow-data")?.found;
    return { kind: "steps", steps: orderSteps(plan.steps).stages.flat(), along, ...(asks ? { asks } : {}) };
  } catch (error) {
    if (!isError(error, "REFUSED")) throw error;
    return { kind: "kept", reason: error.message };
  }
}
