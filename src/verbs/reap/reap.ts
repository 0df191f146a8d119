import { lookAround } from "../../engine/look-around.ts";
import { scan } from "../../engine/scan/scan.ts";
import { incomplete } from "../../model/coverage.ts";
import type { Plan } from "../../model/plan.ts";
import { redactor } from "../../model/redact.ts";
import { judge } from "../../model/selection.ts";
import { secretKey } from "../../store/secret-key.ts";
import type { VerbContext } from "../context.ts";
import { prepareRemoval } from "../removal/prepare.ts";
import { withInstances } from "./instances.ts";
import { withMarks } from "./marks.ts";
import { planPauses } from "./pauses.ts";
import { type Insight, type Policy, type Proposal, united } from "./policy.ts";
import { parseReap, type ReapRequest } from "./request.ts";

/**
 * Scans the account afresh and plans what the policies propose: its removal, or its pause. What a run before has found only
 * tags tell. Changes nothing.
 * @throws EvenkeelError USAGE, UNKNOWN_TYPE before any call; REFUSED for a protected account, by removals only
 */
export async function prepareReap(context: VerbContext, request: ReapRequest): Promise<Plan> {
  const { connection, store, host, clock, signal } = context;
  const { policies, does, limits, select } = parseReap(request);
  const regionsNamed = (request.selection.regions?.length ?? 0) > 0;
  const all = select(regionsNamed ? [] : await connection.enabledRegions());
  const types = [...new Set(policies.flatMap((policy) => policy.types))].sort();
  const redact = redactor(await secretKey(store));
  const looking = { connection, clock, redact, signal };
  const seen = await scan({ ...looking, host, selection: { types, regions: all.regions } });
  const unseen = incomplete(seen.coverage);
  if (unseen.length > 0)
    host.tell({
      kind: "warning",
      text: `${unseen.length} listings could not be completely read, the first ${unseen[0]?.type} in ${unseen[0]?.region}: whatever depends on them stays`,
    });
  const insight: Insight = {
    now: clock.now(),
    relations: (resources) => lookAround(looking, resources),
    costs: async (resources) => {
      const { costsOf } = await import("../../engine/pricing.ts");
      return costsOf(
        context,
        resources.map((resource) => ({ resource })),
      );
    },
  };
  const selection = { ...all, types: types.filter((type) => all.types.includes(type)) };
  const isIn = (resource: Proposal["resource"]) => judge(selection, resource) === "in";
  const proposed = await Promise.all(
    policies.map(async (policy) => {
      const proposals = await policy.propose(seen.resources, insight);
      return proposals.map((each): Proposed => ({ ...each, policy }));
    }),
  );
  const resources = united(proposed.flat()).filter(({ resource }) => isIn(resource));
  const { prices } = request;
  if (does === "pause") return planPauses(context, seen, { proposals: resources, selection, redact, prices });
  const confirming = policies.filter((policy) => asksTwice({ policy }));
  const marking = {
    policies: confirming.map(({ name }) => name),
    policyOf: new Map(resources.filter(asksTwice).map(({ resource, policy }) => [resource.arn, policy.name])),
    seen: seen.resources.filter(isIn),
    now: insight.now,
  };
  const plan = await prepareRemoval(
    context,
    {
      verb: "reap",
      selection,
      coverage: seen.coverage,
      resources,
      stays: () => undefined,
      prices,
      ...(confirming.length > 0 ? { amend: (made, judged) => withMarks(made, judged, marking) } : {}),
    },
    limits,
  );
  return withInstances(plan, seen.resources, insight.now);
}

interface Proposed extends Proposal {
  readonly policy: Policy;
}

/** Whether the first run that finds something only marks it. */
function asksTwice({ policy: { does, confirmRuns = 1 } }: Pick<Proposed, "policy">): boolean {
  return does === "remove" && confirmRuns > 1;
}
