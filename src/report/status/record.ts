import { rate } from "../../model/money.ts";
import type { StatusRow } from "../../verbs/status/result.ts";
import type { CsvCell } from "../csv.ts";

/** A row for machines: flat, with exact amounts. JSON and CSV hold the same. */
export type StatusRecord = Readonly<Record<(typeof STATUS_COLUMNS)[number], Exclude<CsvCell, undefined>>>;

export const STATUS_COLUMNS = [
  "group",
  "type",
  "id",
  "name",
  "region",
  "arn",
  "state",
  "words",
  "reason",
  "currency",
  "hour",
  "day",
  "month",
  "remainsHour",
  "savesHour",
  "countedWith",
  "unpriced",
  "coveredBy",
  "pricesOf",
  "idle",
  "idleSays",
  "record",
  "restartsAt",
] as const;

/** What is not known is null, never zero: nobody asked for prices, or no part of it has one. */
export function statusRecord(row: StatusRow): StatusRecord {
  const { target, facts, state, words, reason = null, idle, held } = row;
  return {
    group: facts.group,
    type: target.type,
    id: target.id,
    name: target.name ?? null,
    region: target.region,
    arn: target.arn,
    state,
    words,
    reason,
    ...moneyOf(row),
    idle: idle?.kind ?? null,
    idleSays: idle?.says ?? null,
    record: held?.record ?? null,
    restartsAt: held?.restartsAt ?? null,
  };
}

function moneyOf({ money }: StatusRow) {
  const isKnown = money && money.countedWith === undefined && (money.parts.length > 0 || money.unpriced.length === 0);
  const cost = isKnown ? rate(money.gross) : undefined;
  const reasons = money?.unpriced.map(({ part, of, reason }) => `${part}${of ? ` of ${of}` : ""}: ${reason}`) ?? [];
  const [oldest] = money?.parts.map(({ price }) => price.fetchedAt).sort() ?? [];
  return {
    currency: money?.currency ?? null,
    hour: cost?.hour ?? null,
    day: cost?.day ?? null,
    month: cost?.month ?? null,
    remainsHour: isKnown ? money.remains : null,
    savesHour: isKnown ? money.net : null,
    countedWith: money?.countedWith ?? null,
    unpriced: reasons.length > 0 ? reasons.join("; ") : null,
    coveredBy: money?.coveredBy ?? null,
    pricesOf: oldest ?? null,
  };
}
