import { factsOf } from "../../catalog/registry.ts";
import { parseSelection, parseTypes, type RawSelection } from "../../engine/selection.ts";
import type { Plan } from "../../model/plan.ts";
import type { Resource } from "../../model/resource.ts";
import { judge, type Selection } from "../../model/selection.ts";
import { type OpenSnapshot, openBaseline, openSnapshot } from "../../store/snapshots.ts";
import type { VerbContext } from "../context.ts";
import { compareLive } from "../delta/delta.ts";
import type { DeltaResult } from "../delta/result.ts";
import { parseRemoval, type RemovalOptions } from "../removal/options.ts";
import { prepareRemoval } from "../removal/prepare.ts";

export interface RestoreRequest extends RemovalOptions {
  /** Absent = the active baseline. */
  readonly snapshot?: string | undefined;
  readonly selection: RawSelection;
  /** Removes also what AWS tells no creation date for. */
  readonly includeUndated?: boolean;
  /** Look up what it saves: a plan without is as good, and quicker. */
  readonly prices?: boolean;
}

/** A plan that gives an account back its baseline, and what else differs from that. */
export interface Restore {
  readonly plan: Plan;
  readonly delta: DeltaResult;
}

/**
 * Plans the removal of what is not in the baseline: what the delta calls added, both sides completely seen, and created
 * after the baseline was begun. What was modified or deleted is told and not rolled back. Changes nothing.
 * @throws EvenkeelError NO_BASELINE, NO_SNAPSHOT, CORRUPT_SNAPSHOT; REFUSED for a protected account; USAGE before any call
 */
export async function prepareRestore(context: VerbContext, request: RestoreRequest): Promise<Restore> {
  const { connection, store } = context;
  const limits = parseRemoval(request);
  parseSelection(request.selection);
  const { account } = connection;
  const { snapshot: name } = request;
  const baseline = name === undefined ? await openBaseline(store, account) : await openSnapshot(store, account, name);
  const { header } = baseline;
  const { wanted, whole, narrowed, coverage } = await compareLive(context, baseline, request.selection);
  const resources = addedOf(narrowed).map((resource) => {
    const alone = whyListed(resource, header, request.includeUndated ?? false);
    const reason = `it was added after ${header.name}`;
    return { resource, reason, ...(alone === undefined ? {} : { alone }) };
  });
  const excluded = whyExcluded(request.selection, wanted);
  const unproven = await whyStays(baseline, whole);
  const stays = (resource: Resource) => excluded(resource) ?? unproven(resource);
  const plan = await prepareRemoval(
    context,
    { verb: "restore", selection: wanted, coverage, resources, stays, prices: request.prices },
    limits,
  );
  return { plan, delta: narrowed };
}

type Header = OpenSnapshot["header"];

function addedOf({ changes }: DeltaResult): Resource[] {
  return changes.flatMap((change) => (change.kind === "added" ? [change.resource] : []));
}

/** What a person has excluded by name, tag or type does not go along with its owner either. */
function whyExcluded({ excludeType = [] }: RawSelection, { excludeIds, excludeTags }: Selection) {
  const types = new Set(parseTypes(excludeType));
  const everything = ({ type, region }: Resource): Selection => ({ types: [type], regions: [region] });
  const filters = { ...(excludeIds ? { excludeIds } : {}), ...(excludeTags ? { excludeTags } : {}) };
  return (resource: Resource): string | undefined => {
    const isExcluded = types.has(resource.type) || judge({ ...everything(resource), ...filters }, resource) === "out";
    return isExcluded ? "it is excluded by the selection" : undefined;
  };
}

/** Why a resource must not go along with its owner: it is the baseline's, or nobody can say that it is not. */
async function whyStays(
  baseline: OpenSnapshot,
  delta: DeltaResult,
): Promise<(resource: Resource) => string | undefined> {
  const { header } = baseline;
  const known = new Set<string>();
  for await (const { arn } of baseline.resources()) known.add(arn);
  const unknown = new Map<string, string>(
    delta.changes.flatMap((change) =>
      change.kind === "unknown" ? [[change.resource.arn as string, change.reason]] : [],
    ),
  );
  const added = new Set<string>(addedOf(delta).map(({ arn }) => arn));
  return (resource) => {
    if (known.has(resource.arn)) return `it is in ${header.name}`;
    const reason = unknown.get(resource.arn);
    if (reason) return `whether it is in ${header.name} is not known: ${reason}`;
    if (isOlder(resource, header.startedAt)) return tooOld(header);
    const isProven = added.has(resource.arn) || resource.createdAt !== undefined;
    // What was never looked for may have been there before; of what holds no data that does not matter.
    return isProven || !factsOf(resource.type)?.removal?.holdsData
      ? undefined
      : `${header.name} never looked for it, and AWS does not tell when it was created`;
  };
}

/** Why something added is only listed for a person; undefined = it may be removed. */
function whyListed(resource: Resource, header: Header, includeUndated: boolean): string | undefined {
  if (isOlder(resource, header.startedAt)) return tooOld(header);
  if (resource.createdAt !== undefined || includeUndated) return undefined;
  return "AWS does not tell when it was created: look at it, then --include-undated";
}

function tooOld({ name, startedAt }: Header): string {
  return `it was created before ${name} (${startedAt}), which does not have it`;
}

/** Many services give creation dates in whole seconds: what was made in the second in which the baseline began is its own. */
function isOlder({ createdAt }: Resource, startedAt: string): boolean {
  return createdAt !== undefined && Date.parse(createdAt) <= Date.parse(startedAt);
}
