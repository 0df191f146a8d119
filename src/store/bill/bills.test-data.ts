/** Bills for tests: random lines, written in every form that is read, and what they must add up to. */
import { writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import type { ChargeKind, CostMetric } from "../../model/cost.ts";
import { csvText } from "./csv.test-data.ts";

/** A line of a bill, in words of no format. */
export interface Line {
  /** Hours since the first of March 2026. */
  readonly hour: number;
  readonly charge: Charge;
  readonly product: string;
  readonly resource: string;
  readonly account: string;
  readonly region: string;
  readonly currency: string;
  /** Decimal texts with ten digits, as AWS writes them. */
  readonly cost: string;
  readonly net: string;
  readonly effective: string;
  readonly other: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Charge {
  readonly cur: string;
  readonly focus: readonly [category: string, correction?: string];
  readonly kind: ChargeKind;
  /** What CUR amortizes it to. */
  readonly amortized?: "effective" | "effective - other" | "effective + other" | "nothing";
  readonly columns?: readonly string[];
}

const SP = "savings_plan_savings_plan_effective_cost";
const RI = "reservation_effective_cost";
const COMMITMENT = ["savings_plan_total_commitment_to_date", "savings_plan_used_commitment"];
const UNUSED = ["reservation_unused_amortized_upfront_fee_for_billing_period", "reservation_unused_recurring_fee"];

export const CHARGES: readonly Charge[] = [
  { cur: "Usage", focus: ["Usage"], kind: "usage" },
  { cur: "SavingsPlanCoveredUsage", focus: ["Usage"], kind: "usage", amortized: "effective", columns: [SP] },
  { cur: "DiscountedUsage", focus: ["Usage"], kind: "usage", amortized: "effective", columns: [RI] },
  { cur: "Tax", focus: ["Tax"], kind: "tax" },
  { cur: "Credit", focus: ["Credit"], kind: "credit" },
  { cur: "Refund", focus: ["Usage", "Correction"], kind: "refund" },
  { cur: "Fee", focus: ["Purchase"], kind: "fee" },
  { cur: "RIFee", focus: ["Purchase"], kind: "fee", amortized: "effective + other", columns: UNUSED },
  {
    cur: "SavingsPlanRecurringFee",
    focus: ["Purchase"],
    kind: "fee",
    amortized: "effective - other",
    columns: COMMITMENT,
  },
  { cur: "SavingsPlanUpfrontFee", focus: ["Purchase"], kind: "fee", amortized: "nothing" },
];

/* Ten digits, small and large, and refunds. */
const amounts = fc
  .tuple(fc.constantFrom("", "-"), fc.oneof(fc.nat(999), fc.nat(99_999)), fc.nat(9_999_999_999))
  .map(([sign, whole, part]) => `${sign}${whole}.${String(part).padStart(10, "0")}`);

export const lines = fc.record({
  hour: fc.nat(24 * 40),
  charge: fc.constantFrom(...CHARGES),
  product: fc.constantFrom("AmazonEC2", "AmazonS3", "AWSLambda"),
  resource: fc.constantFrom(
    "",
    "i-0123456789abcdef0",
    "arn:aws:lambda:eu-west-1:111111111111:function:a",
    'a bucket, "quoted"',
    "two\nlines, it's \\ \t and\u0001",
    "größe",
  ),
  account: fc.constantFrom("111111111111", "022222222222"),
  region: fc.constantFrom("eu-west-1", "us-east-1", ""),
  currency: fc.constant("USD"),
  cost: amounts,
  net: amounts,
  effective: amounts,
  other: amounts,
  tags: fc.dictionary(fc.constantFrom("team", "CostCenter"), fc.constantFrom("a", "b b", 'ü,"x"'), { maxKeys: 2 }),
});

export const FORMS = [
  "CUR 2.0 csv",
  "CUR 2.0 csv.gz",
  "CUR 2.0 parquet",
  "legacy CUR csv",
  "legacy CUR parquet",
  "FOCUS csv",
  "FOCUS parquet",
] as const;
export type Form = (typeof FORMS)[number];

type Cells = Readonly<Record<string, string>>;

export function startOf({ hour }: Line): string {
  return new Date(Date.UTC(2026, 2, 1, hour)).toISOString().replace(".000", "");
}

function curCells(line: Line): Cells {
  const { charge } = line;
  const amortizing = [SP, RI, ...COMMITMENT, ...UNUSED].map((name) => {
    const at = charge.columns?.indexOf(name) ?? -1;
    return [name, at < 0 ? "" : at === 0 ? line.effective : line.other] as const;
  });
  return {
    line_item_usage_start_date: startOf(line),
    line_item_usage_end_date: startOf({ ...line, hour: line.hour + 1 }),
    line_item_line_item_type: charge.cur,
    line_item_product_code: line.product,
    line_item_usage_type: "BoxUsage",
    line_item_resource_id: line.resource,
    line_item_usage_account_id: line.account,
    product_region_code: line.region,
    line_item_currency_code: line.currency,
    line_item_unblended_cost: line.cost,
    line_item_net_unblended_cost: line.net,
    ...Object.fromEntries(amortizing),
  };
}

/** `line_item_usage_type` as legacy csv has it. */
function heading(name: string): string {
  const [, group = "", rest = ""] = /^(line_item|product|reservation|savings_plan)_(.*)$/.exec(name) ?? [];
  const camel = (text: string) => text.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  const tail = camel(`_${rest}`);
  return `${camel(group)}/${group === "product" ? tail.charAt(0).toLowerCase() + tail.slice(1) : tail}`;
}

/** What each form makes of a line: the columns in their order. Values of maps are JSON. */
const CELLS: Readonly<Record<string, (line: Line) => Cells>> = {
  "CUR 2.0": (line) => ({
    ...curCells(line),
    resource_tags: JSON.stringify(mapKeys(line.tags, (key) => `user_${key === "CostCenter" ? "cost_center" : key}`)),
  }),
  "legacy CUR csv": (line) => ({
    ...mapKeys(curCells(line), heading),
    "resourceTags/user:team": line.tags.team ?? "",
    "resourceTags/user:CostCenter": line.tags.CostCenter ?? "",
    // Tags differ in case only.
    "resourceTags/user:Team": "another",
  }),
  "legacy CUR parquet": (line) => ({
    ...curCells(line),
    resource_tags_user_team: line.tags.team ?? "",
    resource_tags_user_cost_center: line.tags.CostCenter ?? "",
  }),
  FOCUS: (line) => ({
    BilledCost: line.net,
    EffectiveCost: line.effective,
    BillingCurrency: line.currency,
    ChargePeriodStart: startOf(line).replace("T", " ").replace("Z", ""),
    ChargePeriodEnd: startOf({ ...line, hour: line.hour + 1 }),
    ChargeCategory: line.charge.focus[0],
    ChargeClass: line.charge.focus[1] ?? "NULL",
    ServiceName: line.product,
    ResourceId: line.resource === "" ? "NULL" : line.resource,
    SubAccountId: line.account,
    RegionId: line.region === "" ? "NULL" : line.region,
    Id: "extra",
    Tags: JSON.stringify(line.tags),
  }),
};

function mapKeys(cells: Cells, name: (key: string) => string): Cells {
  return Object.fromEntries(Object.entries(cells).map(([key, value]) => [name(key), value]));
}

export function cellsOf(form: Form, line: Line): Cells {
  const cells = CELLS[form] ?? CELLS[form.replace(/ (csv|parquet).*$/, "")];
  if (!cells) throw new Error(form);
  return cells(line);
}

/** Writes a bill. Its name says nothing of its form. */
export async function writeBill(file: string, form: Form, written: readonly Line[]): Promise<void> {
  const rows = written.map((line) => cellsOf(form, line));
  const text = csvText([Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]);
  if (form.endsWith("csv")) return await writeFile(file, text);
  if (form.endsWith("gz")) return await writeFile(file, gzipSync(text));
  await writeFile(`${file}.csv`, text);
  await toParquet(`${file}.csv`, file);
}

/** As AWS's parquet has it: amounts as doubles, dates as timestamps, tags as maps. */
export async function toParquet(csv: string, file: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const source = `read_csv('${csv}', all_varchar = true, header = true, delim = ',', quote = '"', escape = '"', auto_detect = true)`;
  const columns = (await (await connection.run(`DESCRIBE FROM ${source}`)).getRows()).map(([name]) => String(name));
  const typed = columns.map((name) => {
    const sql = `"${name}"`;
    if (/cost$|fee|commitment/i.test(name)) return `CAST(nullif(${sql}, '') AS DOUBLE) AS ${sql}`;
    if (/date$|Period(Start|End)$/.test(name)) return `CAST(CAST(${sql} AS TIMESTAMPTZ) AS TIMESTAMP) AS ${sql}`;
    if (/^(resource_)?tags$/i.test(name)) return `CAST(from_json(${sql}, '"JSON"') AS MAP(VARCHAR, VARCHAR)) AS ${sql}`;
    return sql;
  });
  await connection.run(
    `SET TimeZone = 'UTC'; COPY (SELECT ${typed.join(", ")} FROM ${source}) TO '${file}' (FORMAT parquet)`,
  );
  instance.closeSync();
}

/** What of a line a metric counts, added and taken away. */
export function counted(form: Form, metric: CostMetric, line: Line): string[] {
  if (form.startsWith("FOCUS")) return [metric === "amortized" ? line.effective : line.net];
  if (metric !== "amortized") return [metric === "net" ? line.net : line.cost];
  const minus = line.other.startsWith("-") ? line.other.slice(1) : `-${line.other}`;
  const told = { nothing: [], effective: [line.effective] };
  const both = { "effective + other": [line.effective, line.other], "effective - other": [line.effective, minus] };
  return line.charge.amortized === undefined ? [line.cost] : { ...told, ...both }[line.charge.amortized];
}
