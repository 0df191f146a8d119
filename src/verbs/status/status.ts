import { factsOf } from "../../catalog/registry.ts";
import { type Scan, scan } from "../../engine/scan/scan.ts";
import { parseSelection, type RawSelection } from "../../engine/selection.ts";
import { type Arn, instant } from "../../model/brand.ts";
import { type CoverageCell, coverageIndex, incomplete, provesAbsence } from "../../model/coverage.ts";
import type { Costs } from "../../model/money.ts";
import type { Target } from "../../model/plan.ts";
import { redactor } from "../../model/redact.ts";
import type { ScannedResource } from "../../model/resource.ts";
import type { Selection } from "../../model/selection.ts";
import { secretKey } from "../../store/secret-key.ts";
import type { VerbContext } from "../context.ts";
import { candidatesOf } from "../pause/candidates.ts";
import { type Candidate, planPause } from "../pause/plan.ts";
import { protectionIn } from "../pause/protection.ts";
import { knownRecords } from "../records/known.ts";
import { adviceOn } from "./advice.ts";
import { groupsOf, pricesIn, totalOf } from "./groups.ts";
import { idlenessOf } from "./idleness.ts";
import { heldIn, recordStatuses } from "./records.ts";
import type { StatusResult, StatusRow } from "./result.ts";
import { rowsOf } from "./rows.ts";

export interface StatusRequest {
  readonly selection: RawSelection;
  /** Look up what it costs; the pricing client is loaded only then. */
  readonly prices?: boolean;
  /** Ask CloudWatch what is used, which costs a cent for every thousand metrics. */
  readonly idle?: boolean;
}

/**
 * Everything that can be paused, is paused, or costs and has no stop: its state, its cost, whether it is used, and what a
 * person could do. Changes nothing.
 * @throws EvenkeelError USAGE, UNKNOWN_TYPE before any call
 */
export async function status(context: VerbContext, request: StatusRequest): Promise<StatusResult> {
  const { connection, store, host, clock, signal } = context;
  const { account, partition, caller } = connection;
  const select = parseSelection(request.selection);
  const regionsNamed = (request.selection.regions?.length ?? 0) > 0;
  const all = select(regionsNamed ? [] : await connection.enabledRegions());
  const types = all.types.filter((type) => factsOf(type)?.pause ?? factsOf(type)?.noStop);
  const selection = { ...all, types };
  const redact = redactor(await secretKey(store));
  const seen = await scan({ connection, selection, redact, host, clock, signal });
  const candidates = await candidatesOf(context, seen.resources, new Map());
  const protection = await protectionIn(context, seen, { selection, redact });
  const now = clock.now();
  // What a pause would do is asked of the pause itself, so that status never says otherwise.
  const plan = planPause(candidates, {
    ...{ account, partition, selection, coverage: seen.coverage, now, caller, protection },
    armed: new Set(),
    ways: new Map(),
  });
  const costs = request.prices ? await costsIn(context, seen.resources, candidates) : undefined;
  const listed = (await knownRecords(context, account)).filter(({ armed }) => armed);
  const bare = rowsOf({ candidates, plan, costs, held: heldIn(listed) });
  const idle = request.idle ? await idlenessOf(context, seen.resources, bare) : new Map();
  const rows = bare.map((row) => {
    const idleness = idle.get(row.target.arn);
    return idleness ? { ...row, idle: idleness } : row;
  });
  const unseen = incomplete(seen.coverage);
  tellUnseen(context, unseen);
  const groups = groupsOf(rows);
  const prices = pricesIn(rows);
  return {
    account,
    at: instant(now),
    groups,
    total: totalOf(rows),
    ...(prices ? { prices } : {}),
    advice: adviceOn(rows, listed.length > 0),
    records: recordStatuses(listed, { now, isAbsent: absence(selection, seen, rows) }),
    unseen,
  };
}

/** Whether a resource is certainly not there: a pause has deleted it, or somebody has. Filters hide others, so they prove nothing. */
function absence(selection: Selection, { coverage }: Scan, rows: readonly StatusRow[]): (target: Target) => boolean {
  const { types: _, regions: __, ...filters } = selection;
  const statusOf = coverageIndex(coverage);
  const there = new Set(rows.map(({ target }) => target.arn));
  return ({ arn, type, region }) =>
    Object.keys(filters).length === 0 && !there.has(arn) && provesAbsence(statusOf(type, region));
}

/** A person, and a script that reads only the rows, must not take them for all that is there. */
function tellUnseen({ host }: VerbContext, cells: readonly CoverageCell[]): void {
  const [first] = cells;
  if (!first) return;
  const actions = [...new Set(cells.flatMap(({ action }) => action ?? []))].sort();
  host.tell({
    kind: "warning",
    text: `${cells.length} listings could not be completely read, the first ${first.type} in ${first.region}: what is there is in no row and in no sum`,
    ...(actions.length > 0 ? { hint: `missing IAM actions: ${actions.join(", ")}` } : {}),
  });
}

async function costsIn(
  context: VerbContext,
  resources: readonly ScannedResource[],
  candidates: readonly Candidate[],
): Promise<ReadonlyMap<Arn, Costs>> {
  const { costsOf } = await import("../../engine/pricing.ts");
  const states = new Map(
    candidates.flatMap(({ resource, found }) => (found && "state" in found ? [[resource.arn, found.state]] : [])),
  );
  return costsOf(
    context,
    resources.map((resource) => ({ resource, state: states.get(resource.arn) })),
  );
}
