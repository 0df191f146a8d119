import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runs } from "../../../tests/contract/runs.ts";
import { day, periodOf } from "../../model/calendar.ts";
import {
  type Charged,
  COST_METRICS,
  type CostMetric,
  type CostPart,
  GRANULARITIES,
  type Verdict,
} from "../../model/cost.ts";
import { type Amount, amount, sum } from "../../model/money.ts";
import { openBills } from "./bill.ts";
import { counted, FORMS, type Form, type Line, lines, startOf, writeBill } from "./bills.test-data.ts";
import type { BillQuery } from "./contract.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "evenkeel-test-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Some rule that looks at all that is told. */
function judge({ resource, kind, account, region }: Charged): Verdict {
  if (resource === undefined || kind === "tax") return { side: "unallocated", reason: `${kind} without a resource` };
  if (resource.startsWith("i-")) return { side: "baseline", type: "AWS::EC2::Instance" };
  return account === "022222222222" && region === undefined
    ? { side: "unallocated", reason: "of no region" }
    : { side: "notBaseline" };
}

const DAYS = { start: day("2026-03-03"), end: day("2026-04-02") };

/** What the parts must be, worked out line by line in decimal arithmetic that is not DuckDB's. */
function expected(form: Form, written: readonly Line[], query: BillQuery): Map<string, Amount> {
  const all = new Map<string, string[]>();
  for (const line of written) {
    const date = startOf(line).slice(0, 10);
    if (date < query.days.start || date > query.days.end) continue;
    const { side, reason, type } = judge({
      product: line.product,
      kind: line.charge.kind,
      account: line.account,
      ...(line.resource ? { resource: line.resource } : {}),
      ...(line.region ? { region: line.region } : {}),
    });
    const values = { service: line.product, region: line.region, account: line.account, type: type ?? "" } as const;
    const group = query.groupBy.map((key) =>
      key.startsWith("tag:") ? (line.tags[key.slice(4)] ?? "") : values[key as keyof typeof values],
    );
    const key = JSON.stringify([periodOf(day(date), query.granularity), group, side, reason]);
    all.set(key, [...(all.get(key) ?? []), ...counted(form, query.metric, line)]);
  }
  return new Map([...all].map(([key, texts]) => [key, sum(texts.map(amount))]));
}

function asMap(parts: readonly CostPart[]): Map<string, Amount> {
  return new Map(parts.map((part) => [JSON.stringify([part.period, part.group, part.side, part.reason]), part.amount]));
}

const queries = fc.record({
  days: fc.constantFrom(
    DAYS,
    { start: day("2026-01-01"), end: day("2026-12-31") },
    { start: day("2026-03-05"), end: day("2026-03-05") },
  ),
  granularity: fc.constantFrom(...GRANULARITIES),
  groupBy: fc.constantFrom<BillQuery["groupBy"]>(
    [],
    ["service"],
    ["tag:CostCenter", "type"],
    ["account", "region", "tag:team"],
  ),
  metric: fc.constantFrom<CostMetric>(...COST_METRICS),
});

let count = 0;

async function writtenBills(form: Form, files: readonly (readonly Line[])[]): Promise<string[]> {
  return await Promise.all(
    files.map(async (each) => {
      const file = join(folder, `bill ${count++}`);
      await writeBill(file, form, each);
      return file;
    }),
  );
}

describe.each(FORMS)("a %s bill", (form) => {
  it("is split so that every part, and the total, is exact", async () => {
    const files = fc.array(fc.array(lines, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 2 });

    await fc.assert(
      fc.asyncProperty(files, queries, fc.constantFrom(1, 3, 65_536), async (written, query, block) => {
        const bill = await openBills(await writtenBills(form, written), { block });
        try {
          const split = await bill.split(query, judge);
          const all = expected(form, written.flat(), query);

          expect(asMap(split.parts)).toEqual(all);
          expect(split.total).toBe(sum([...all.values()]));
          expect(split.malformed).toEqual({ lines: 0, samples: [] });
          expect(form.startsWith(bill.format)).toBe(true);
        } finally {
          await bill.close();
        }
      }),
      runs(25),
    );
  });
});

const SAMPLE = fileURLToPath(new URL("../../../../shared/data/focus_sample.csv", import.meta.url));

if (existsSync(SAMPLE))
  it.each(["BilledCost", "EffectiveCost"] as const)(
    "the FOCUS sample adds up to what its column %s says",
    async (column) => {
      const records = parse(readFileSync(SAMPLE, "utf8"), { columns: true }) as Record<string, string>[];
      const bill = await openBills([SAMPLE]);
      const query = { days: bill.span, granularity: "daily", groupBy: ["service", "tag:application"] } as const;
      const { parts, total, currency, malformed } = await bill.split(
        { ...query, metric: column === "BilledCost" ? "unblended" : "amortized" },
        judge,
      );
      await bill.close();

      expect(records).toHaveLength(1000);
      expect(total).toBe(sum(records.map((record) => amount(record[column] ?? ""))));
      expect(sum(parts.map((part) => part.amount))).toBe(total);
      expect({ currency, malformed }).toEqual({ currency: "USD", malformed: { lines: 0, samples: [] } });
    },
  );
else it.skip("the FOCUS sample adds up: it is not here (../shared/data/focus_sample.csv)", () => undefined);
