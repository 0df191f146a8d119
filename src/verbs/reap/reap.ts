import { lookAround } from "../../engine/look-around.ts";
import { USUAL_BUDGET } from "../../engine/removal-budget.ts";
import { scan } from "../../engine/scan/scan.ts";
import { parseSelection, type RawSelection } from "../../engine/selection.ts";
import { incomplete } from "../../model/coverage.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { Plan } from "../../model/plan.ts";
import { redactor } from "../../model/redact.ts";
import { judge } from "../../model/selection.ts";
import { secretKey } from "../../store/secret-key.ts";
import type { VerbContext } from "../context.ts";
import { parseRemoval, prepareRemoval, type RemovalOptions } from "../removal/prepare.ts";
import { withInstances } from "./instances.ts";
import type { PackerOptions } from "./packer/settings.ts";
import { policiesNamed, type WrittenPolicies } from "./policies.ts";
import { type Insight, type Policy, united } from "./policy.ts";

export interface ReapRequest extends RemovalOptions {
  /** Names, of `packer` and of those that are written down. */
  readonly policies: readonly string[];
  /** Of the configuration file. */
  readonly written?: WrittenPolicies | undefined;
  readonly packer?: PackerOptions | undefined;
  /** Bounds what is removed; what the policies judge by is read whole. */
  readonly selection: RawSelection;
  /** Look up what it saves: a plan without is as good, and quicker. */
  readonly prices?: boolean | undefined;
}

/** @throws EvenkeelError USAGE, UNKNOWN_TYPE: nothing has been called then */
export function parseReap(request: ReapRequest) {
  const policies = policiesNamed(request.policies, request);
  const removing = policies.filter(({ removes }) => removes);
  const limits = parseRemoval(
    {
      ...request,
      allowData: request.allowData ?? [...new Set(removing.flatMap(({ allowData }) => allowData))],
      quarantine: request.quarantine ?? quarantineOf(removing),
    },
    { ...USUAL_BUDGET, maxShare: shareOf(removing) },
  );
  return { policies, limits, select: parseSelection(request.selection) };
}

/** Only as much as every policy that removes asks for. */
function shareOf(policies: readonly Policy[]): number {
  return Math.min(1, ...policies.map(({ maxShare = USUAL_BUDGET.maxShare }) => maxShare));
}

/** A plan has one quarantine for all of it. */
function quarantineOf(policies: readonly Policy[]): string | undefined {
  const [first, ...others] = [...new Set(policies.map(({ quarantine }) => quarantine))];
  if (others.length === 0) return first;
  const names = policies.map(({ name }) => name).join(", ");
  throw new EvenkeelError("USAGE", `the policies ${names} do not ask for the same quarantine`, {
    hint: "run them one by one, or give --quarantine for all of them",
  });
}

/**
 * Scans the account afresh and plans the removal of what the policies propose. Keeps nothing from one run to the next.
 * Changes nothing.
 * @throws EvenkeelError USAGE, UNKNOWN_TYPE before any call; REFUSED for a protected account
 */
export async function prepareReap(context: VerbContext, request: ReapRequest): Promise<Plan> {
  const { connection, store, host, clock, signal } = context;
  const { policies, limits, select } = parseReap(request);
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
  const proposed = await Promise.all(policies.map(async (policy) => policy.propose(seen.resources, insight)));
  const plan = await prepareRemoval(
    context,
    {
      verb: "reap",
      selection,
      coverage: seen.coverage,
      resources: united(proposed.flat()).filter(({ resource }) => judge(selection, resource) === "in"),
      stays: () => undefined,
      prices: request.prices,
    },
    limits,
  );
  return withInstances(plan, seen.resources, insight.now);
}
