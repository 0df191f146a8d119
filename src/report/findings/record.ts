import { rate } from "../../model/money.ts";
import type { Finding } from "../../verbs/findings/result.ts";
import type { CsvCell } from "../csv.ts";

export const FINDING_COLUMNS = [
  "rule",
  "type",
  "id",
  "name",
  "region",
  "arn",
  "reason",
  "currency",
  "hour",
  "day",
  "month",
  "atMost",
  "unpriced",
  "coveredBy",
  "pricesOf",
  "protected",
  "remedy",
  "command",
] as const;

/** A finding for machines: flat, with exact amounts. JSON and CSV hold the same; what is not known is null, never zero. */
export type FindingRecord = Readonly<Record<(typeof FINDING_COLUMNS)[number], Exclude<CsvCell, undefined>>>;

export function findingRecord({ rule, target, reason, money, command, ...rest }: Finding): FindingRecord {
  const saves = money?.hour === undefined ? undefined : rate(money.hour);
  const unpriced =
    money?.unpriced.map((each) => `${each.part}${each.of ? ` of ${each.of}` : ""}: ${each.reason}`) ?? [];
  const [oldest] = money?.parts.map(({ price }) => price.fetchedAt).sort() ?? [];
  return {
    rule: rule.id,
    type: target.type,
    id: target.id,
    name: target.name ?? null,
    region: target.region,
    arn: target.arn,
    reason,
    currency: money?.currency ?? null,
    hour: saves?.hour ?? null,
    day: saves?.day ?? null,
    month: saves?.month ?? null,
    atMost: saves ? (rule.atMost ?? null) : null,
    unpriced: unpriced.length > 0 ? unpriced.join("; ") : null,
    coveredBy: money?.coveredBy ?? null,
    pricesOf: oldest ?? null,
    protected: rest.protected ?? null,
    remedy: rest.protected === undefined ? rule.remedy : null,
    command: command ?? null,
  };
}
