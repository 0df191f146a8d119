import { sign } from "../../model/money.ts";
import type { Measured } from "../../verbs/cost/promised/measure.ts";
import type { PromisedResult } from "../../verbs/cost/promised/promised.ts";
import type { Report } from "../format.ts";
import { countOf, minute } from "../humanise.ts";
import { type Column, renderTable } from "../table.ts";
import { wrapLines } from "../wrap.ts";
import { costPrice } from "./money.ts";

const COLUMNS = [
  "arn",
  "run",
  "record",
  "from",
  "to",
  "hours",
  "promised",
  "shown",
  "charged",
  "currency",
  "coveredBy",
  "reason",
] as const;

type PromisedRecord = Readonly<Partial<Record<(typeof COLUMNS)[number], string | number>>>;

/** What pauses have promised and what a bill shows, for people and machines. Amounts are exact but in the table. */
export function promisedReport(result: PromisedResult): Report {
  const records = () => recordsOf(result);
  return {
    text: ({ width, ...options }) =>
      [
        wrapLines(headText(result), width),
        result.measured.length === 0
          ? ""
          : `\n${renderTable(columnsOf(result), result.measured, { width, ...options })}`,
        wrapLines(`\n${tailText(result)}`, width),
      ].join(""),
    data: () => {
      const { account, metric, currency, bill, total, damaged } = result;
      return { account, metric, currency, bill, total, pauses: records(), damaged };
    },
    csv: { titles: COLUMNS, records: () => records().map((record) => COLUMNS.map((column) => record[column])) },
  };
}

/** One record a pause of a resource; those of which the bill shows nothing have the reason and no amounts. */
function recordsOf({ measured, unmeasured, currency }: PromisedResult): PromisedRecord[] {
  const all = [
    ...measured.map(({ stay, paused, promised, shown, charged }) => ({
      stay,
      more: { hours: paused.hours, promised, shown, charged, currency },
    })),
    ...unmeasured.map(({ stay, reason }) => ({ stay, more: { reason } })),
  ];
  return all
    .toSorted((a, b) => (a.stay.from < b.stay.from ? -1 : 1))
    .map(({ stay: { target, run, record, from, to, money }, more }) => ({
      arn: target.arn,
      run,
      ...(record === undefined ? {} : { record }),
      from,
      ...(to === undefined ? {} : { to }),
      ...(money?.coveredBy === undefined ? {} : { coveredBy: money.coveredBy }),
      ...more,
    }));
}

function headText({ account, bill, metric }: PromisedResult): string {
  return `What pauses of account ${account} promised and what the bill shows, ${bill.span.start} to ${bill.span.end}
${metric}; from ${countOf(bill.files.length, "bill file")} (${bill.format}); the paused hours against those of the week before
`;
}

function columnsOf({ currency }: PromisedResult): Column<Measured>[] {
  return [
    { title: "RESOURCE", value: ({ stay: { target } }) => target.name ?? target.id, min: 12 },
    { title: "REGION", value: ({ stay: { target } }) => target.region, spare: 1 },
    { title: "PAUSED FROM", value: ({ paused }) => minute(paused.from), whole: true, spare: 2 },
    { title: "HOURS", align: "right", value: ({ paused }) => paused.hours, whole: true },
    { title: "PROMISED", align: "right", value: ({ promised }) => costPrice(promised, currency), whole: true },
    {
      title: "SHOWN",
      align: "right",
      value: ({ shown }) => costPrice(shown, currency),
      style: ({ shown }) => (sign(shown) > 0 ? undefined : "bad"),
      whole: true,
    },
    {
      title: "STILL CHARGED",
      align: "right",
      value: ({ charged }) => costPrice(charged, currency),
      whole: true,
      spare: 3,
    },
  ];
}

function tailText({ measured, unmeasured, total, currency, damaged }: PromisedResult): string {
  const sums = `Promised ${costPrice(total.promised, currency)}, shown ${costPrice(total.shown, currency)}: a difference of ${costPrice(total.difference, currency)}.\n`;
  const covered = measured.filter(({ stay }) => stay.money?.coveredBy !== undefined).length;
  return [
    measured.length === 0 ? "The bill shows nothing of any pause.\n" : sums,
    covered === 0
      ? ""
      : `${countOf(covered, "pause")} of them may be covered by reservations or Savings Plans, which are paid for all the same.\n`,
    ...unmeasured.map(
      ({ stay, reason }) => `Not shown: ${stay.target.name ?? stay.target.id} from ${minute(stay.from)}: ${reason}.\n`,
    ),
    damaged.length === 0 ? "" : `Not read whole, as they are damaged: ${damaged.join(", ")}.\n`,
  ].join("");
}
