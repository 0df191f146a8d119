import { parse as parseCsv } from "csv-parse/sync";
import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { runs } from "../../../tests/contract/runs.ts";
import { amount, sum } from "../../model/money.ts";
import { COST_FORMATS, renderCost } from "./index.ts";
import { allocatedCost, HOSTILE, hostileCost, manyRows, resultOf, sampleCost } from "./sample.test-data.ts";

const PLAIN = { colour: false, width: 100 };
const lines = (text: string) => text.trimEnd().split("\n");
const records = (csv: string): Record<string, string>[] => parseCsv(csv, { columns: true });

/** Amounts as bills have them: up to ten digits after the point, credits among them. */
const AMOUNT = fc
  .tuple(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.integer({ min: 0, max: 10 }))
  .map(([digits, places]) => amount(`${digits}e-${places}`));
const ROW = fc.record({
  start: fc.integer({ min: 1, max: 20 }).map((each) => `2026-11-${String(each).padStart(2, "0")}`),
  group: fc.tuple(fc.string({ unit: "binary", maxLength: 12 }), fc.constantFrom("", ...Object.values(HOSTILE))),
  baseline: AMOUNT,
  notBaseline: AMOUNT,
  unallocated: AMOUNT,
});
const RESULT = fc
  .array(ROW, { minLength: 1, maxLength: 30 })
  .map((rows) => resultOf(["2026-11-01", "2026-11-20"], rows));

describe("costs for people", () => {
  it("tells what they are of, and where the figures are from", async () => {
    const text = await renderCost(sampleCost(), "table", PLAIN);

    expect(lines(text).slice(0, 5)).toEqual([
      "What was spent, 2026-11-01 to 2026-11-20",
      "Not baseline: $793.92 of $3,381.40 (23.5 %)",
      "account 123456789012, baseline prod of 2026-10-31 09:12 UTC",
      "20 days, in USD, unblended: what is charged, when it is charged",
      "exact, by resource, from 3 bill files (CUR 2.0)",
    ]);
  });

  it("has each period with its sum and its groups, and the sum of all", async () => {
    const text = await renderCost(sampleCost(), "table", PLAIN);

    expect(text).toMatch(/^DAY, SERVICE +BASELINE +NOT BASELINE +SHARE +UNALLOCATED +TOTAL$/m);
    expect(text).toMatch(/^2026-11-01 +\$111\.28 +\$22\.00 +9\.4 % +\$101\.97 +\$235\.24$/m);
    expect(text).toMatch(/^ {2}AmazonSQS +\$0\.01 +\$0\.0032 +23\.9 % +\$0\.00 +\$0\.01$/m);
    expect(text).toMatch(/^TOTAL +\$2,499\.07 +\$793\.92 +23\.5 % +\$88\.41 +\$3,381\.40$/m);
    expect(text).toMatch(/^ {2}-\$120\.00 {2}credits$/m);
    expect(text).toContain("Each amount is rounded by itself");
  });

  it("has what a reader must know as whole sentences, whoever has said it", async () => {
    const notes = ["no line of these days has the tag team", "The bill has only some days."];
    const text = await renderCost({ ...sampleCost(), notes }, "table", PLAIN);
    const page = await renderCost({ ...sampleCost(), notes }, "html", PLAIN);

    for (const said of ["No line of these days has the tag team.", "The bill has only some days."]) {
      expect(lines(text)).toContain(said);
      expect(page).toContain(`<li>${said}</li>`);
    }
  });

  it("marks what is not complete, and only that", async () => {
    const text = await renderCost(sampleCost(), "table", PLAIN);

    expect(text).toMatch(/^2026-11-18 {2}/m);
    expect(text).toMatch(/^2026-11-19 \* /m);
    expect(text).toContain("* not complete:");
    expect(await renderCost(manyRows(2, 1), "table", PLAIN)).not.toContain("*");
  });

  it("says how sure a share is where it was shared out, and what was asked and paid", async () => {
    const text = await renderCost(allocatedCost(), "table", { ...PLAIN, width: 200 });

    expect(text).toContain("allocated: each service's cost by the list prices");
    expect(text).toMatch(/^2026-11-19 \* .* by count$/m);
    expect(text).toMatch(/^ {2}AmazonSageMaker .* by price$/m);
    expect(text).toMatch(/^TOTAL .* by count$/m);
    expect(text).toContain("by count = shared out by the number of resources");
    expect(text).toContain(
      "Cost Explorer was asked with 4 requests, for $0.04; 2 answers of the last day were used again.",
    );
  });

  it("says of the total what it lacks, and shows the first lines that could not be read", async () => {
    const text = await renderCost(hostileCost(), "table", PLAIN);

    expect(text).toMatch(/^TOTAL less 9 lines not read /m);
    expect(text).toContain("! 9 lines of the source could not be read, and are in no sum.");
    expect(text).toContain(":12: <script>");
    expect(text).toContain("and 8 more");
  });

  it("is loud where the rows are not what the source's own total says", async () => {
    const text = await renderCost({ ...manyRows(1, 1), sourceTotal: amount("0.36") }, "table", {
      ...PLAIN,
      width: 200,
    });

    expect(text).toContain("! The rows add up to 0.373456 USD, the source's own total is 0.36 USD. That is a bug");
  });

  it("has no share where it would mislead", async () => {
    const text = (baseline: string, notBaseline: string, unallocated = "0") =>
      renderCost(
        resultOf(["2026-11-01", "2026-11-01"], [{ start: "2026-11-01", baseline, notBaseline, unallocated }]),
        "table",
        PLAIN,
      );

    expect(await text("0", "0")).toMatch(/^TOTAL +\$0\.00 +\$0\.00 +- /m);
    expect(await text("1", "2", "-5")).toMatch(/^TOTAL +\$1\.00 +\$2\.00 +- +-\$5\.00 +-\$2\.00$/m);
    expect(await text("1", "2", "-2")).toContain(" - ");
    expect(await text("0", "0", "7")).not.toContain("%");
    expect(await text("-5", "3", "10")).not.toContain("%");
    expect(await text("1000000", "0.001")).toContain("< 0.1 %");
    expect(await text("0.001", "1000000")).toContain("> 99.9 %");
    expect(await text("0", "7")).toContain("100.0 %");
  });

  it("names months, and the days of one that are asked for", async () => {
    const months = resultOf(
      ["2026-09-05", "2026-11-01"],
      ["2026-09-01", "2026-10-01", "2026-11-01"].map((start) => ({ start, baseline: "1" })),
      { granularity: "monthly" },
    );
    const text = await renderCost(months, "table", PLAIN);

    expect(text.match(/^2026-\S+( to \d+)?/gm)).toEqual(["2026-09-05 to 30", "2026-10", "2026-11-01"]);
  });

  it("says how to narrow a list that is longer than a screen, and only then", async () => {
    expect(await renderCost(sampleCost(), "table", PLAIN)).toContain("Narrow this list with --granularity monthly or");
    expect(await renderCost(manyRows(1, 60), "table", PLAIN)).toContain("This is a long list; --output html");
    expect(await renderCost(manyRows(2, 3), "table", PLAIN)).not.toContain("--output html");
  });

  it.each([60, 80, 120])("fits into %i columns", async (width) => {
    for (const result of [sampleCost(), allocatedCost(), hostileCost()]) {
      const text = await renderCost(result, "table", { colour: false, width });
      expect(Math.max(...lines(text).map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
    }
  });

  it("adds nothing but ASCII where the terminal shows no more, and colour only where it is wanted", async () => {
    const ascii = await renderCost(allocatedCost(), "table", { ...PLAIN, width: 60, ascii: true });

    expect(ascii).toMatch(/^[\n -~]*$/);
    expect(await renderCost(sampleCost(), "table", { ...PLAIN, colour: true })).toContain("\u001b[1m");
  });

  it("lets no name move the cursor or turn the text", async () => {
    const text = await renderCost(hostileCost(), "table", PLAIN);

    for (const each of ["\u001b", "\u202e", "\r"]) expect(text).not.toContain(each);
  });

  it("says so when nothing was charged", async () => {
    expect(await renderCost(resultOf(["2026-11-01", "2026-11-01"], []), "table", PLAIN)).toContain("no charges");
  });
});

describe("costs for machines", () => {
  it("has one record a row in csv, with exact amounts and the group keys as columns", async () => {
    const csv = await renderCost(hostileCost(), "csv", PLAIN);

    expect(lines(csv)[0]?.trim()).toBe(
      "start,end,service,tag:Team,baseline,notBaseline,unallocated,total,currency,isIncomplete,sureness",
    );
    expect(records(csv).map((record) => record["tag:Team"])).toEqual(Object.values(HOSTILE));
    expect(records(csv)[0]).toMatchObject({
      start: "2026-11-03",
      notBaseline: "0.25",
      currency: "USD",
      isIncomplete: "false",
    });
  });

  it("prints in csv what adds up to the total, to the last digit", async () => {
    await fc.assert(
      fc.asyncProperty(RESULT, async (result) => {
        const printed = records(await renderCost(result, "csv", PLAIN));
        const of = (column: string) => sum(printed.map((record) => amount(record[column] ?? "")));

        expect(printed).toHaveLength(result.rows.length);
        expect(of("total")).toBe(result.sourceTotal);
        expect(sum([of("baseline"), of("notBaseline"), of("unallocated")])).toBe(result.sourceTotal);
        expect(printed.map((record) => [record.service, record["tag:Team"]])).toEqual(
          result.rows.map(({ group }) => group),
        );
      }),
      runs(100),
    );
  });

  it("holds the whole result in json and yaml, with no amount as a number", async () => {
    await fc.assert(
      fc.asyncProperty(RESULT, async (result) => {
        const json = await renderCost(result, "json", PLAIN);

        expect(JSON.parse(json)).toEqual(result);
        expect(json.match(/: -?\d[\d.e-]*,?$/gm)).toEqual([": 0,"]);
      }),
      runs(100),
    );
    for (const result of [sampleCost(), allocatedCost(), hostileCost()])
      expect(parseYaml(await renderCost(result, "yaml", PLAIN))).toEqual(result);
  });
});

describe("the page of costs", () => {
  it("needs nothing else and has no script, whatever tags are called", async () => {
    const page = await renderCost(hostileCost(), "html", PLAIN);

    expect(page).not.toMatch(/<script|<[a-z][^>]* (src|style|on[a-z]+)=|<(link|img|iframe|object)\b/);
    expect(page.match(/ href="[^#][^"]*"/g)).toBeNull();
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  it("draws numbers only, whatever was charged", async () => {
    await fc.assert(
      fc.asyncProperty(RESULT, async (result) => {
        const page = await renderCost(result, "html", PLAIN);
        expect(page).not.toMatch(/NaN|Infinity|undefined|(width|height)="-/);
      }),
      runs(100),
    );
  });

  it("puts the groups beyond the dearest together, with their sums", async () => {
    const page = await renderCost(manyRows(1, 60), "html", PLAIN);
    expect(page).toContain("<i>45 others</i>");
    expect(await renderCost(manyRows(1, 16), "html", PLAIN)).not.toContain(" others</i>");
  });
});

it.each(COST_FORMATS)("ends in one line feed as %s", async (format) => {
  expect(await renderCost(sampleCost(), format, PLAIN)).toMatch(/[^\n]\n$/);
});
