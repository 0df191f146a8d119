import type { ChargeKind, Day } from "../../../model/cost.ts";
import type { CostAnswer } from "../../../model/cost-question.ts";
import { EvenkeelError } from "../../../model/errors.ts";
import { grouped } from "../../../model/grouped.ts";
import { type Amount, amount, minus, sign, sum } from "../../../model/money.ts";
import type { Asking } from "./asking.ts";
import { kindOf, kindOfRecord } from "./kinds.ts";
import { type ExplorerQuery, questionOf, secondKey } from "./query.ts";

/** What was spent in a period for one service, one kind of charge, and one value of the second key. */
export interface Cell {
  readonly period: Day;
  readonly service: string;
  readonly kind: ChargeKind;
  readonly second: string;
  readonly amount: Amount;
}

/** All of a bill, as far as Cost Explorer tells without resources. */
export interface Cells {
  /** They add up to the total. */
  readonly cells: readonly Cell[];
  readonly total: Amount;
  /** Undefined = nothing was spent, in no currency. */
  readonly currency: string | undefined;
  readonly estimated: readonly Day[];
  /** How AWS calls what is usage. */
  readonly usageRecords: readonly string[];
  /** Requests that an answer took at most. */
  readonly pages: number;
}

/**
 * AWS groups by two at most, and what is no usage must be told from what is: first by service and record type, which gives
 * the total, then by service and the second key for each kind of record. What they differ by is a cell of its own.
 */
export async function readCells(query: ExplorerQuery, asking: Asking): Promise<Cells> {
  const second = secondKey(query.groupBy);
  const [first] = await asking.answers([questionOf(query, ["SERVICE", "RECORD_TYPE"])], 1);
  if (!first) throw new EvenkeelError("BUG", "a question without an answer");
  const byKind = grouped(first.lines, ({ keys: [, record = ""] }) => kindOfRecord(record));
  const kinds = [...byKind].map(([kind, lines]) => ({
    kind,
    lines,
    records: [...new Set(lines.map(({ keys: [, record = ""] }) => record))].sort(),
  }));
  const more =
    second === undefined
      ? []
      : await asking.answers(
          kinds.map(({ records }) => questionOf(query, ["SERVICE", second], [{ key: "RECORD_TYPE", values: records }])),
          first.pages,
        );
  const cells = kinds.flatMap(({ kind, lines }, at) => filled(kind, lines, more[at]?.lines));
  return {
    cells,
    total: sum(first.lines.map((line) => line.amount)),
    currency: currencyOf([first, ...more]),
    estimated: [...first.estimated],
    usageRecords: kinds.find(({ kind }) => kind === "usage")?.records ?? [],
    pages: Math.max(first.pages, ...more.map(({ pages }) => pages)),
  };
}

/** @param split the same lines by the second key; absent = there is none */
function filled(record: ChargeKind, lines: CostAnswer["lines"], split: CostAnswer["lines"] = []): Cell[] {
  const ofService = ({ period, keys: [service = ""] }: CostAnswer["lines"][number]) => `${period} ${service}`;
  const parts = grouped(split, ofService);
  const totals = grouped(lines, ofService);
  return [...new Set([...totals.keys(), ...parts.keys()])].flatMap((key) => {
    const [of] = [...(totals.get(key) ?? []), ...(parts.get(key) ?? [])];
    if (!of) return [];
    const {
      period,
      keys: [service = ""],
    } = of;
    const cell = { period, service, kind: kindOf(service, record) };
    const known = (parts.get(key) ?? []).map(({ keys: [, second = ""], amount }) => ({ ...cell, second, amount }));
    return filledUp(known, sum((totals.get(key) ?? []).map(({ amount }) => amount)), (amount) => ({
      ...cell,
      second: "",
      amount,
    }));
  });
}

/** What AWS's own rounding to ten digits adds up to at most. */
const ROUNDING = amount("0.000001");

/**
 * Lines that add up to what AWS says of them together. A rest is a line of its own; what only rounding has left goes to the
 * largest of them.
 */
export function filledUp<L extends { readonly amount: Amount }>(
  lines: readonly L[],
  total: Amount,
  rest: (amount: Amount) => L,
): L[] {
  const left = minus(total, sum(lines.map(({ amount }) => amount)));
  const paid = lines.filter(({ amount }) => sign(amount) !== 0);
  if (sign(left) === 0) return paid;
  const [first, ...more] = paid;
  if (!first || isAbove(left, ROUNDING)) return [...paid, rest(left)];
  const largest = more.reduce((most, each) => (isAbove(each.amount, most.amount) ? each : most), first);
  return paid.map((each) => (each === largest ? { ...each, amount: sum([each.amount, left]) } : each));
}

/** Whether it is further from zero. */
function isAbove(amount: Amount, than: Amount): boolean {
  return sign(minus(sizeOf(amount), sizeOf(than))) > 0;
}

function sizeOf(amount: Amount): Amount {
  return (amount.startsWith("-") ? amount.slice(1) : amount) as Amount;
}

function currencyOf(answers: readonly CostAnswer[]): string | undefined {
  const [currency, ...more] = new Set(answers.flatMap(({ currencies }) => currencies));
  if (more.length > 0)
    throw new EvenkeelError("USAGE", `these costs are in several currencies: ${[currency, ...more].join(", ")}`, {
      hint: "Cost Explorer can't tell them apart; take a bill file: `--bill`",
    });
  return currency;
}
