import { type IsoInstant, instant } from "../../model/brand.ts";
import type { CostMetric } from "../../model/cost.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { amount } from "../../model/money.ts";
import { checkCharges, laneOf } from "./amounts.ts";
import type { ResourceHour, Spelled } from "./contract.ts";
import { linesSql, type OpenBill } from "./lines.ts";
import { list, literal } from "./sql.ts";

/** What resources cost by the hour in which it began; hours without a line are not told. */
export async function hoursOf(
  { duck, shapes }: OpenBill,
  resources: readonly Spelled[],
  { from, to }: { readonly from: IsoInstant; readonly to: IsoInstant },
  metric: CostMetric,
): Promise<ResourceHour[]> {
  if (resources.length === 0) return [];
  await checkCharges(duck, shapes, metric);
  const spelled = ownerBySpelling(resources);
  const lines = linesSql(shapes, {
    amount: { metric, lane: await laneOf(duck, shapes, metric) },
    members: ["started", "ended", "resource", "currency"],
  });
  const rows = await duck.rows(`
    WITH spelled AS (SELECT unnest(${list([...spelled.keys()])}) AS spelling, unnest(${list([...spelled.values()])}) AS owner)
    SELECT owner, epoch_ms(date_trunc('hour', started)), date_diff('minute', started, ended), CAST(sum(amount) AS VARCHAR), currency
    FROM (${lines}) JOIN spelled ON resource = spelling
    WHERE started >= ${at(from)} AND started < ${at(to)} AND amount IS NOT NULL
    GROUP BY ALL ORDER BY ALL`);
  const currencies = new Set(rows.map(([, , , , currency]) => String(currency)));
  if (currencies.size > 1)
    throw new EvenkeelError("USAGE", `the bill has several currencies: ${[...currencies].sort().join(", ")}`);
  return rows.map(([resource, hour, minutes, text, currency]) => ({
    resource: String(resource),
    hour: instant(Number(hour)),
    // Exports tell hours as ending a second early, too.
    ...(minutes === null || minutes === undefined ? {} : { hours: Math.max(1, Math.round(Number(minutes) / 60)) }),
    amount: amount(String(text)),
    currency: String(currency),
  }));
}

/** No line may count for two resources: a spelling belongs to the first that has it. */
function ownerBySpelling(resources: readonly Spelled[]): Map<string, string> {
  const owners = new Map<string, string>();
  for (const { resource, spellings } of resources)
    for (const each of [resource, ...spellings].flatMap((name) => [name, ...bare(name)]))
      if (!owners.has(each)) owners.set(each, resource);
  return owners;
}

/** What EC2 numbers, and buckets, are billed without the ARN around their names. */
function bare(name: string): string[] {
  const [, id] = /^arn:[^:]+:(?:ec2:.*\/([a-z]+-[0-9a-f]{8,17})|s3:::([^/]+))$/.exec(name)?.filter(Boolean) ?? [];
  return id === undefined ? [] : [id];
}

function at(when: IsoInstant): string {
  return `TIMESTAMP ${literal(when.slice(0, 19))}`;
}
