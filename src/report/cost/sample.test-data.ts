import { accountId, instant } from "../../model/brand.ts";
import { addDays, day, daysOf, periodOf } from "../../model/calendar.ts";
import type { CostResult, CostRow, CostSide, Day, Sureness } from "../../model/cost.ts";
import { type Amount, amount, sum } from "../../model/money.ts";
import { splitOf } from "./sums.ts";

/* Costs made by hand: numbers that are alike at each run, as in an account. */

/** What other people may write into a tag. */
export const HOSTILE = {
  script: "<script>alert(1)</script>",
  attribute: `" onmouseover="alert(1)`,
  long: "a-very-long-value-of-a-tag-without-any-blank-".repeat(6).slice(0, 256),
  wide: "請求書の費用配分タグの値".repeat(8),
  turned: "\u202e\u001b[31mevil",
  csv: 'a,"b"\r\n=c',
} as const;

interface Part {
  readonly start: string;
  readonly group?: readonly string[];
  readonly baseline?: string;
  readonly notBaseline?: string;
  readonly unallocated?: string;
  readonly sureness?: Sureness;
}

/** @param days the first and the last one */
export function resultOf(
  days: readonly [start: string, end: string],
  parts: readonly Part[],
  rest: Partial<CostResult> = {},
): CostResult {
  const asked = { start: day(days[0]), end: day(days[1]) };
  const granularity = rest.granularity ?? "daily";
  const rows = parts.map((part): CostRow => {
    const of = (side: CostSide) => amount(part[side] ?? "0");
    const split = { baseline: of("baseline"), notBaseline: of("notBaseline"), unallocated: of("unallocated") };
    const period = daysOf(periodOf(day(part.start), granularity), granularity, asked);
    return {
      ...split,
      total: sum(Object.values(split)),
      days: period,
      group: part.group ?? [],
      isIncomplete: period.end > addDays(asked.end, -2) && asked.end === "2026-11-20",
      ...(part.sureness ? { sureness: part.sureness } : {}),
    };
  });
  const total = splitOf(rows);
  return {
    account: accountId("123456789012"),
    baseline: { name: "prod", startedAt: instant("2026-10-31T09:12:00Z") },
    days: asked,
    granularity,
    metric: "unblended",
    currency: "USD",
    groupBy: (parts[0]?.group ?? []).map((_, at) => (at === 0 ? "service" : "tag:Team")),
    source: { kind: "bill", files: ["a.parquet", "b.parquet", "c.parquet"], format: "CUR 2.0" },
    rows,
    total,
    sourceTotal: total.total,
    unallocated: total.unallocated === "0" ? [] : [{ reason: "tax", amount: total.unallocated }],
    malformed: { lines: 0, samples: [] },
    notes: [],
    ...rest,
  };
}

const SERVICES: readonly (readonly [name: string, baseline: number, other: number])[] = [
  ["AmazonEC2", 61, 19],
  ["AmazonRDS", 38, 4],
  ["AmazonEKS", 12, 0],
  ["AmazonS3", 7, 2.2],
  ["AWSELB", 6.5, 1.1],
  ["AmazonSageMaker", 0, 9],
  ["AmazonCloudWatch", 3.1, 0.7],
  ["AmazonDynamoDB", 2.4, 0.2],
  ["AWSLambda", 0.9, 0.3],
  ["AmazonSQS", 0.012, 0.004],
];

/** Three weeks of an account: something new that grows from the tenth day, tax and support, and credits for two days. */
export function sampleCost(): CostResult {
  const start = day("2026-11-01");
  const parts = Array.from({ length: 20 }, (_, at) => {
    const date = addDays(start, at);
    const lately = at >= 18 ? 0.7 : 1;
    const wave = (1 + 0.12 * Math.sin(at * 0.9) - (at % 7 === 0 ? 0.15 : 0)) * lately;
    const services = SERVICES.map(([name, baseline, other]) => {
      const growth = name === "AmazonSageMaker" ? Math.max(0, at - 8) * 0.5 : 0.8 + at * 0.02;
      return {
        start: date,
        group: [name],
        baseline: money(baseline * wave),
        notBaseline: money(other * growth * lately),
        unallocated: money(name === "AmazonEC2" ? 1.7 * wave : 0),
      };
    });
    const tax = { start: date, group: ["Tax"], unallocated: at === 0 ? "96.42" : "0" };
    const support = { start: date, group: ["AWSSupportBusiness"], unallocated: money(4.1 * lately) };
    const credit = { start: date, group: ["Credits"], unallocated: at === 9 || at === 10 ? "-60" : "0" };
    return [...services, support, tax, credit].filter((part) => splitSize(part) > 0);
  }).flat();
  const made = resultOf(["2026-11-01", "2026-11-20"], parts);
  const taken = (name: string) => sum(made.rows.filter(({ group }) => group[0] === name).map((row) => row.unallocated));
  return {
    ...made,
    rows: [...made.rows].sort((a, b) => a.days.start.localeCompare(b.days.start) || Number(b.total) - Number(a.total)),
    unallocated: [
      { reason: "tax", amount: taken("Tax") },
      { reason: "support", amount: taken("AWSSupportBusiness") },
      { reason: "the line names no resource: data transfer", amount: taken("AmazonEC2") },
      { reason: "credits", amount: taken("Credits") },
    ],
    notes: ["The bill ends on 2026-11-20; AWS restates it until the invoice is final."],
  };
}

/** Rows of so many periods, each with so many groups. Every fifth amount is a credit where wanted. */
export function manyRows(
  periods: number,
  groups: number,
  more: { monthly?: boolean; credits?: boolean } = {},
): CostResult {
  const first = day(more.monthly ? "2020-01-01" : "2026-01-01");
  const starts: Day[] = [first];
  while (starts.length < periods) {
    const last = starts.at(-1) ?? first;
    starts.push(more.monthly ? periodOf(addDays(last, 31), "monthly") : addDays(last, 1));
  }
  const parts = starts.flatMap((start, at) =>
    Array.from({ length: groups }, (_, group) => ({
      start,
      group: [`group ${group + 1}`],
      baseline: money(((group * 7 + at * 3) % 11) + 0.123456),
      notBaseline: money((group + at) % 5),
      unallocated: money(more.credits && (group + at) % 5 === 0 ? -9.5 : 0.25),
    })),
  );
  const end = starts.at(-1) ?? first;
  const last = more.monthly ? addDays(periodOf(addDays(end, 31), "monthly"), -1) : end;
  return resultOf([first, last], parts, { granularity: more.monthly ? "monthly" : "daily" });
}

/** Rows of all names at which a form may break. */
export function hostileCost(): CostResult {
  const parts = Object.values(HOSTILE).map((value, at) => ({
    start: "2026-11-03",
    group: [value, value],
    baseline: `${at}.5`,
    notBaseline: "0.25",
  }));
  return resultOf(["2026-11-01", "2026-11-20"], parts, {
    baseline: { name: HOSTILE.script, startedAt: instant("2026-10-31T09:12:00Z") },
    unallocated: [{ reason: HOSTILE.script, amount: amount("0") }],
    malformed: { lines: 9, samples: [{ file: HOSTILE.turned, line: 12, problem: HOSTILE.script }] },
    notes: [HOSTILE.script],
  });
}

/** Shared out by a rule, with how sure. */
export function allocatedCost(): CostResult {
  const { days, rows: all } = sampleCost();
  const sureness = ["one side", "by price", "by count"] as const;
  const rows = all
    .filter(({ days: { start } }) => start > "2026-11-18")
    .map((row, at) => ({ ...row, sureness: sureness[at % 3] ?? "one side" }));
  const total = splitOf(rows);
  return {
    ...sampleCost(),
    days: { start: day("2026-11-19"), end: days.end },
    source: { kind: "cost-explorer", rule: "each service's cost by the list prices of its resources on either side" },
    rows,
    total,
    sourceTotal: total.total,
    unallocated: [{ reason: "support", amount: total.unallocated }],
    asked: { requests: 4, kept: 2, price: amount("0.04") },
  };
}

function money(value: number): Amount {
  return amount(value.toFixed(6));
}

function splitSize(part: Part): number {
  return [part.baseline, part.notBaseline, part.unallocated].reduce(
    (size, each) => size + Math.abs(Number(each ?? 0)),
    0,
  );
}
