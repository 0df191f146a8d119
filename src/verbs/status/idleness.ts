import type { SeriesQuery } from "../../aws/metrics.ts";
import type { IdleFacts, IdleSign } from "../../catalog/idle.ts";
import { factsOf } from "../../catalog/registry.ts";
import type { Arn, Region } from "../../model/brand.ts";
import { isError } from "../../model/errors.ts";
import { valuesAt } from "../../model/path.ts";
import type { ScannedResource } from "../../model/resource.ts";
import type { VerbContext } from "../context.ts";
import { type Answer, dimensionsOf, judgeIdle, tooYoung } from "./judge-idle.ts";
import type { Idleness, StatusRow } from "./result.ts";

/** A sign of one resource in one of its series. */
interface Wanted {
  readonly resource: ScannedResource;
  readonly rule: IdleFacts;
  readonly sign: IdleSign;
  readonly query: SeriesQuery;
}

/**
 * Whether what runs is used, by ARN, as CloudWatch's metrics tell. What can't be read is unknown, which is told once.
 * Asks a region's metrics together; resources without a rule, and what does not run, are not asked for.
 */
export function idlenessOf(
  context: VerbContext,
  resources: readonly ScannedResource[],
  rows: readonly StatusRow[],
): Promise<ReadonlyMap<Arn, Idleness>> {
  const running = new Set(
    rows.filter(({ state }) => state === "running" || state === "kept").map((row) => row.target.arn),
  );
  const judged = resources.flatMap((resource) => {
    const rule = running.has(resource.arn) ? idleRuleOf(resource) : undefined;
    return rule ? [{ resource, rule }] : [];
  });
  return idlenessBy(context, judged, "`--no-idle` does not ask for it");
}

/**
 * The same by rules that the caller names.
 * @param otherwise what a person can do where it can't be read and no IAM action is to blame
 */
export async function idlenessBy(
  context: VerbContext,
  judged: readonly { readonly resource: ScannedResource; readonly rule: IdleFacts }[],
  otherwise: string,
): Promise<ReadonlyMap<Arn, Idleness>> {
  const now = context.connection.clock.now();
  const found = new Map<Arn, Idleness>();
  const wanted: Wanted[] = [];
  for (const { resource, rule } of judged) {
    if (tooYoung(resource.createdAt, rule.hours, now))
      found.set(resource.arn, { kind: "too young", says: `less than ${rule.hours / 24} days old` });
    else wanted.push(...wantedOf(resource, rule));
  }
  const troubles = await Promise.all(byPlace(wanted).map((some) => readPlace(context, some, found)));
  tell(context, troubles.flat(), otherwise);
  return found;
}

/** The catalog's rule for a resource; undefined = no metric tells. */
export function idleRuleOf({ type, configuration }: ScannedResource): IdleFacts | undefined {
  return factsOf(type)?.idle?.find(({ only }) => !only || valuesAt(configuration, only.path)[0] === only.is);
}

function wantedOf(resource: ScannedResource, rule: IdleFacts): Wanted[] {
  const { namespace } = rule;
  return dimensionsOf(resource, rule).flatMap((dimensions) =>
    rule.signs.map((sign) => {
      const { metric, statistic } = sign;
      return { resource, rule, sign, query: { namespace, metric, statistic, dimensions } };
    }),
  );
}

/** Together = one region, and as many hours. */
function byPlace(wanted: readonly Wanted[]): Wanted[][] {
  const places = new Map<string, Wanted[]>();
  for (const each of wanted) {
    const key = `${each.resource.region} ${each.rule.hours}`;
    places.set(key, [...(places.get(key) ?? []), each]);
  }
  return [...places.values()];
}

interface Trouble {
  readonly region: Region;
  readonly says: string;
  readonly action?: string | undefined;
}

async function readPlace(
  { connection, signal }: VerbContext,
  wanted: readonly Wanted[],
  found: Map<Arn, Idleness>,
): Promise<Trouble[]> {
  const [first] = wanted;
  if (!first) return [];
  const { region } = first.resource;
  const { hours } = first.rule;
  try {
    // The CloudWatch client is loaded only here.
    const { readSeries } = await import("../../aws/metrics.ts");
    const queries = wanted.map(({ query }) => query);
    const series = await readSeries(connection, region, hours, queries);
    const answers = new Map<Arn, Answer[]>();
    for (const [index, { resource, sign }] of wanted.entries())
      answers.set(resource.arn, [...(answers.get(resource.arn) ?? []), { sign, values: series[index] }]);
    for (const [arn, own] of answers) found.set(arn, judgeIdle(own, hours));
    return [];
  } catch (error) {
    signal.throwIfAborted();
    if (!isError(error)) throw error;
    for (const { resource } of wanted) found.set(resource.arn, { kind: "unknown", says: error.message });
    return [{ region, says: error.message, action: error.details.action }];
  }
}

/** Once, however many regions it was in. */
function tell({ host }: VerbContext, troubles: readonly Trouble[], otherwise: string): void {
  const [first] = troubles;
  if (!first) return;
  const actions = [...new Set(troubles.flatMap(({ action }) => action ?? []))];
  host.tell({
    kind: "warning",
    text: `whether anything is idle could not be read in ${troubles.map(({ region }) => region).join(", ")}: ${first.says}`,
    hint: actions.length > 0 ? `missing IAM actions: ${actions.join(", ")}` : otherwise,
  });
}
