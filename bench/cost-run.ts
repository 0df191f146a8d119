/** One run of `bench/cost.ts`, in a process of its own: `write`, or what is timed. */
import { readFile, writeFile } from "node:fs/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Day } from "../src/model/cost.ts";
import { openBills } from "../src/store/bill/bill.ts";
import { baselineNames, writeBill } from "./cost-bill.ts";

const [file = "", mode = "", lines = ""] = process.argv.slice(2);

/** What anybody would ask DuckDB, in doubles and without the answer to whose it is. */
const PLAIN = `SELECT line_item_product_code, line_item_resource_id, sum(line_item_unblended_cost) FROM read_parquet('${file}') GROUP BY 1, 2`;

/** The same columns that the split tells apart. */
const same = (
  amount: string,
) => `SELECT line_item_product_code, line_item_resource_id, line_item_usage_account_id, product_region_code, line_item_line_item_type,
  CASE WHEN line_item_resource_id = '' THEN line_item_usage_type END, sum(${amount}) FROM read_parquet('${file}') GROUP BY ALL`;

async function aggregate(sql: string): Promise<unknown> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(`CREATE TEMP TABLE sums AS ${sql}`);
  const [row] = await (await connection.run("SELECT count(*) FROM sums")).getRows();
  instance.closeSync();
  return Number(row?.[0]);
}

async function split(): Promise<unknown> {
  const baseline = new Set(JSON.parse(await readFile(`${file}.baseline`, "utf8")) as string[]);
  const bill = await openBills([file]);
  const days = { start: "2026-03-01" as Day, end: "2026-03-31" as Day };
  const { total, parts } = await bill.split(
    { days, granularity: "monthly", groupBy: ["service"], metric: "unblended" },
    ({ resource, kind }) =>
      resource === undefined
        ? { side: "unallocated", reason: kind }
        : { side: baseline.has(resource) ? "baseline" : "notBaseline" },
  );
  await bill.close();
  return { total, parts: parts.length };
}

const MODES: Readonly<Record<string, () => Promise<unknown>>> = {
  write: async () => {
    await writeBill(file, Number(lines));
    await writeFile(`${file}.baseline`, JSON.stringify(await baselineNames()));
  },
  plain: () => aggregate(PLAIN),
  same: () => aggregate(same("line_item_unblended_cost")),
  exact: () => aggregate(same("CAST(line_item_unblended_cost AS DECIMAL(18, 12))")),
  split,
};

const began = performance.now();
const used = process.cpuUsage();
const said = await MODES[mode]?.();
const { user, system } = process.cpuUsage(used);
console.log(
  JSON.stringify({
    ms: performance.now() - began,
    cpuMs: (user + system) / 1000,
    peakMb: process.resourceUsage().maxRSS / 1024,
    said,
  }),
);
