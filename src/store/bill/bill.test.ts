import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { instant } from "../../model/brand.ts";
import { day } from "../../model/calendar.ts";
import type { Charged, SourceSplit } from "../../model/cost.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { openBills } from "./bill.ts";
import { CHARGES, cellsOf, type Form, type Line, toParquet, writeBill } from "./bills.test-data.ts";
import type { BillQuery } from "./contract.ts";
import { csvText } from "./csv.test-data.ts";
import { openDuck } from "./duck.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "evenkeel-test-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const LINE: Line = {
  hour: 0,
  charge: CHARGES[0] as Line["charge"],
  product: "AmazonEC2",
  resource: "i-0123456789abcdef0",
  account: "111111111111",
  region: "eu-west-1",
  currency: "USD",
  cost: "1.0000000000",
  net: "1.0000000000",
  effective: "1.0000000000",
  other: "0.0000000000",
  tags: {},
};

const QUERY: BillQuery = {
  days: { start: day("2026-03-01"), end: day("2026-03-31") },
  granularity: "monthly",
  groupBy: ["service"],
  metric: "unblended",
};

const FORM: Form = "CUR 2.0 csv";

async function bill(name: string, form: Form, ...changes: readonly Partial<Line>[]): Promise<string> {
  const file = join(folder, name);
  await writeBill(
    file,
    form,
    changes.map((change) => ({ ...LINE, ...change })),
  );
  return file;
}

async function text(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

async function splitOf(files: readonly string[], query: Partial<BillQuery> = {}): Promise<SourceSplit> {
  const opened = await openBills(files);
  try {
    return await opened.split({ ...QUERY, ...query }, () => ({ side: "notBaseline" }));
  } finally {
    await opened.close();
  }
}

async function refusal(work: Promise<unknown>): Promise<{ code: string; message: string; hint: string }> {
  const error = await work.then(
    () => expect.fail("nothing was thrown"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof EvenkeelError)) throw error;
  return { code: error.code, message: error.message.replaceAll(`${folder}/`, ""), hint: error.details.hint ?? "" };
}

/** A CUR 2.0 csv: some columns of a line, and whatever stands where a line should. */
const HEADINGS = Object.keys(cellsOf(FORM, LINE));
const row = (change: Readonly<Record<string, string>> = {}) =>
  csvText([Object.values({ ...cellsOf(FORM, LINE), ...change })]);
const HEAD = csvText([HEADINGS]);

describe("what is malformed", () => {
  it("is counted with file, line and problem, and the rest is summed up", async () => {
    const file = await text(
      "march.csv",
      `${HEAD}${row()}too,few\n${row()}${row({ line_item_unblended_cost: "free" })}${row({ line_item_usage_start_date: "soon" })}${row({ line_item_unblended_cost: "" })}${row().trimEnd()},more\n${row()}`,
    );

    const { total, malformed } = await splitOf([file]);

    expect(total).toBe("3");
    expect(malformed).toEqual({
      lines: 5,
      samples: [
        { file, line: 3, problem: "too few fields" },
        { file, line: 5, problem: "line_item_unblended_cost can't be read" },
        { file, line: 8, problem: "too many fields" },
        { file, problem: "no date" },
        { file, problem: "no amount" },
      ],
    });
  });

  it("takes along the lines that an open quote swallows", async () => {
    const broken = row({ line_item_product_code: "OPEN" }).replace("OPEN", '"OPEN');
    const closing = row({ resource_tags: '{"user_team":"a"}' });
    const file = await text(
      "march.csv",
      `${HEAD}${row()}${broken}${row({ resource_tags: "" })}${closing}${row({ resource_tags: "" })}`,
    );

    const { total, malformed } = await splitOf([file]);

    expect(Number(total) + malformed.lines).toBe(5);
    expect(malformed.lines).toBe(3);
  });

  it.each([
    [gzipSync, ""],
    [Buffer.from, ""],
    [Buffer.from, row({ resource_tags: '{"user_team":"a"}' })],
  ])("takes along all lines that an open quote swallows in a large file", async (packed, closing) => {
    const swallowed = row({ line_item_usage_type: "Requests-Tier1".repeat(9) }).repeat(13_000);
    const broken = row({ line_item_product_code: "OPEN" }).replace("OPEN", '"OPEN');
    const content = HEAD + row().repeat(50) + broken + swallowed + closing + row();
    const file = await text("march.csv", packed(content));

    const { total, malformed } = await splitOf([file]);

    expect(content.length).toBeGreaterThan(3_000_000);
    expect(Number(total) + malformed.lines).toBe(content.split("\n").length - 2);
    expect(Number(total)).toBeGreaterThanOrEqual(50);
    expect(malformed.samples[0]).toMatchObject({ file, line: 52 });
  });

  it.each([0, 1, 2])("is the last line of a file that was cut off %s times", async (times) => {
    const whole = `${HEAD}${row()}${row()}`;
    const file = await text("march.csv", whole.slice(0, whole.length - 1 - times * 60));

    const { total, malformed } = await splitOf([file]);

    expect([total, malformed.lines]).toEqual(times === 0 ? ["2", 0] : ["1", 1]);
  });

  it("is a line of parquet without a cost or a date", async () => {
    const file = await bill("march", "CUR 2.0 parquet", {}, { cost: "" }, {});

    const { total, malformed } = await splitOf([file]);

    expect(total).toBe("2");
    expect(malformed).toEqual({ lines: 1, samples: [{ file, line: 2, problem: "no amount" }] });
  });

  it("is no line of other days", async () => {
    const file = await bill("march", "CUR 2.0 parquet", { hour: 0 }, { hour: 24 * 31 }, { hour: 24 * 31 - 1 });

    expect(await splitOf([file])).toMatchObject({ total: "2", malformed: { lines: 0 } });
  });
});

describe("amounts", () => {
  it("are the decimals that doubles were written as, also large ones", async () => {
    const costs = ["999999.1234567891", "-1500000.5", "0.0000000001", "1234.5678901234", "0.1", "0.2"];
    const file = await bill("march", "CUR 2.0 parquet", ...costs.map((cost) => ({ cost })));

    expect((await splitOf([file])).total).toBe(exact(costs));
  });

  it("are an error where their sum is more than can be told", async () => {
    const huge = "99999999999999999999";
    const lines = row({ line_item_unblended_cost: huge }).repeat(2);
    const refused = await refusal(splitOf([await text("march.csv", HEAD + lines)]));

    expect(refused).toMatchObject({ code: "USAGE", message: expect.stringMatching(/can't be read: .*[Oo]verflow/) });
    expect((await splitOf([await text("one.csv", HEAD + row({ line_item_unblended_cost: huge }))])).total).toBe(huge);
  });

  it("have a clear error where a metric needs a column that is not there", async () => {
    const file = await text("march.csv", csvText([["line_item_unblended_cost"], ["1"]]));
    const { message, hint } = await refusal(openBills([file]));

    expect(message).toBe("march.csv has no column line_item_usage_start_date");
    expect(hint).toContain("make an export that includes it");
  });

  it("are refused where lines can't be amortized", async () => {
    const without = (cells: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(cells).filter(([name]) => name !== "reservation_effective_cost"));
    const line = without(cellsOf(FORM, { ...LINE, charge: CHARGES[2] as Line["charge"] }));
    const file = await text("march.csv", csvText([Object.keys(line), Object.values(line)]));

    expect((await splitOf([file])).total).toBe("1");
    expect((await refusal(splitOf([file], { metric: "amortized" }))).message).toBe(
      "march.csv has no column reservation_effective_cost",
    );
  });

  it("are in one currency", async () => {
    for (const form of [FORM, "CUR 2.0 parquet"] as const) {
      const file = await bill(`march ${form}`, form, {}, { currency: "EUR", cost: "5.0000000000" });

      expect(await refusal(splitOf([file]))).toMatchObject({ code: "USAGE", hint: "choose one: --currency EUR" });
      expect(await splitOf([file], { currency: "EUR" })).toMatchObject({ total: "5", currency: "EUR" });
      expect((await refusal(splitOf([file], { currency: "CNY" }))).message).toContain("no line of the bill is in CNY");
    }
  });

  it("are told with whose they are, where the bill says so", async () => {
    const file = await bill("march", "CUR 2.0 parquet", { account: "011111111111" }, { account: "022222222222" });
    const open = await openBills([file]);

    expect(await open.accounts()).toEqual(["011111111111", "022222222222"]);
    await open.close();
  });
});

/** In units of the tenth digit. */
function exact(costs: readonly string[]): string {
  const units = costs.map((cost) => {
    const [whole = "", part = ""] = cost.replace("-", "").split(".");
    return BigInt(`${cost.startsWith("-") ? "-" : ""}${whole}${part.padEnd(10, "0")}`);
  });
  const total = units.reduce((sum, each) => sum + each, 0n);
  const digits = String(total < 0n ? -total : total).padStart(11, "0");
  return `${total < 0n ? "-" : ""}${digits.slice(0, -10)}.${digits.slice(-10)}`.replace(/\.?0+$/, "");
}

describe("files", () => {
  it("are told by what is in them, and named as they are", async () => {
    const odd = await bill('it\'s [1] *? "bill".parquet', FORM, { cost: "2.0000000000" });
    const other = await bill('it\'s 1 *? "bill".parquet', FORM, { cost: "4.0000000000" });

    expect((await splitOf([odd])).total).toBe("2");
    expect((await splitOf([odd, other])).total).toBe("6");
    expect((await splitOf([odd, odd])).total).toBe("2");
    expect((await splitOf([join(folder, "it's*")])).total).toBe("6");
  });

  it("may have other columns each, and be csv and parquet", async () => {
    const files = [await bill("a", "CUR 2.0 parquet", {}), await bill("b", FORM, { cost: "2.0000000000" })];

    expect((await splitOf(files)).total).toBe("3");
  });

  it("are of one format", async () => {
    const files = [await bill("a", FORM, {}), await bill("b", "FOCUS csv", {})];

    expect(await refusal(openBills(files))).toMatchObject({
      code: "USAGE",
      hint: expect.stringMatching(/a is CUR 2.0, .*b is FOCUS/),
    });
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    ["is empty", "", /is empty/],
    ["has headings only", HEAD, /no line with a date/],
    ["is another csv", "name,age\nAnn,7\n", /is no bill: its 2 columns are name, age/],
    ["is a picture", new Uint8Array([137, 80, 78, 71, 0, 1, 2]), /neither csv nor parquet|is no bill/],
    ["is zipped", "PK\u0003\u0004...", /zip archive/],
    ["is JSON", '{"a":1}', /JSON/],
    ["is half a gzip", gzipSync(HEAD.repeat(99)).subarray(0, 40), /could not be unpacked|is no bill|can't be read/],
    ["is parquet only by its beginning", "PAR1 and no more", /cut off/],
    ["is parquet only by its ends", "PAR1 and no morePAR1", /can't be read as parquet/],
  ])("are refused when one %s", async (_, content, message) => {
    const refused = await refusal(openBills([await text("some.parquet", content)]));

    expect(refused.code).toBe("USAGE");
    expect(refused.message).toMatch(message);
  });

  it("are refused when damaged inside, or not there", async () => {
    const cut = await bill("cut", "CUR 2.0 parquet", {});
    await truncate(cut, 900);
    const packed = await text("packed", gzipSync(HEAD + row().repeat(9999)));
    await truncate(packed, 1000);

    expect((await refusal(openBills([cut]))).message).toMatch(/cut off/);
    expect((await refusal(splitOf([packed]))).code).toBe("USAGE");
    expect((await refusal(openBills([join(folder, "none*")]))).message).toMatch(/no such bill file/);
    expect((await refusal(openBills([folder]))).hint).toMatch(/\*\.parquet/);
    expect((await refusal(openBills([]))).code).toBe("USAGE");
  });

  it("are refused when they are versions of one month, as each has all of its charges", async () => {
    const places = ["v1", "v2"].map((version) => join(folder, "export/20260301-20260401", version));
    for (const place of places) {
      await mkdir(place, { recursive: true });
      await writeFile(join(place, "bill.csv"), HEAD + row());
    }

    expect((await refusal(openBills([join(folder, "export/**/*.csv")]))).message).toMatch(
      /2 versions of .*20260301-20260401/,
    );
    const bill = await openBills([join(places[0] ?? "", "*.csv")]);
    expect(bill.files).toHaveLength(1);
    await bill.close();
  });
});

describe("a bill that is open", () => {
  it("tells what resources cost by the hour, however they are spelled", async () => {
    const bucket = "arn:aws:s3:::shop";
    const server = "arn:aws:ec2:eu-west-1:111111111111:instance/i-0123456789abcdef0";
    const file = await bill(
      "march",
      "CUR 2.0 parquet",
      { hour: 3 },
      { hour: 3 },
      { hour: 4, resource: "shop" },
      { hour: 9 },
      { hour: 5, resource: "" },
    );
    const opened = await openBills([file]);
    const hours = await opened.hoursOf(
      [server, bucket, "mine"].map((resource) => ({
        resource,
        spellings: resource === "mine" ? ["shop", "other"] : [],
      })),
      { from: instant("2026-03-01T03:00:00Z"), to: instant("2026-03-01T09:00:00Z") },
      "unblended",
    );
    await opened.close();

    expect(hours).toEqual(
      [
        { resource: server, hour: "2026-03-01T03:00:00.000Z", hours: 1, amount: "2", currency: "USD" },
        { resource: bucket, hour: "2026-03-01T04:00:00.000Z", hours: 1, amount: "1", currency: "USD" },
      ].sort((a, b) => (a.resource < b.resource ? -1 : 1)),
    );
  });

  it("tells scaling groups, transfer and support", async () => {
    const tagged = row({ resource_tags: '{"aws_autoscaling_group_name":"web"}' });
    const transfer = row({ line_item_resource_id: "", line_item_usage_type: "EU-DataTransfer-Out-Bytes" });
    const support = row({ line_item_product_code: "AWSSupportBusiness", line_item_resource_id: "" });
    const opened = await openBills([await text("march.csv", HEAD + tagged + transfer + support)]);
    const seen: Charged[] = [];
    await opened.split(QUERY, (charged) => {
      seen.push(charged);
      return { side: "notBaseline" };
    });
    await opened.close();

    expect(seen.find(({ kind }) => kind === "usage")).toMatchObject({ scalingGroup: "web", resource: LINE.resource });
    expect(seen.map(({ kind }) => kind).sort()).toEqual(["support", "transfer", "usage"]);
  });

  it("has each thing judged once, however many are judged at a time", async () => {
    const names = ["a", "b\nc", 'd"', "e\\n", "", "a"];
    const file = await bill(
      "march",
      "CUR 2.0 parquet",
      ...names.map((resource, hour) => ({ resource, hour: hour * 24 })),
    );
    for (const block of [1, 2, 5, 99]) {
      const opened = await openBills([file], { block });
      const seen: (string | undefined)[] = [];
      const { parts } = await opened.split({ ...QUERY, granularity: "daily" }, ({ resource }) => {
        seen.push(resource);
        return { side: "unallocated", reason: `${resource}` };
      });
      await opened.close();

      expect(seen.sort()).toEqual(["a", "b\nc", 'd"', "e\\n", undefined]);
      expect(parts.map(({ reason }) => reason)).toEqual(["a", "b\nc", 'd"', "e\\n", "undefined", "a"]);
    }
  });

  it.each(["csv", "parquet"])("finds tags in the column of all tags of CUR 2.0, as %s", async (form) => {
    const tags = { "resourceTags/team": "a", "accountTag/team": "b", "resourceTags/aws:autoscaling:groupName": "web" };
    const csv = await text(
      "march.csv",
      HEAD.replace("resource_tags", "tags") + row({ resource_tags: JSON.stringify(tags) }),
    );
    const file = form === "csv" ? csv : join(folder, "march.parquet");
    if (form === "parquet") await toParquet(csv, file);
    const opened = await openBills([file]);
    const seen: Charged[] = [];
    const { parts } = await opened.split({ ...QUERY, groupBy: ["tag:team"] }, (charged) => {
      seen.push(charged);
      return { side: "notBaseline" };
    });
    await opened.close();

    expect(opened.format).toBe("CUR 2.0");
    expect(parts.map(({ group }) => group)).toEqual([["a"]]);
    expect(seen).toEqual([expect.objectContaining({ scalingGroup: "web" })]);
  });

  it("says when no line has a tag", async () => {
    const file = await bill("march", "CUR 2.0 parquet", { tags: { team: "a" } });

    expect((await splitOf([file], { groupBy: ["tag:nobody"] })).notes).toEqual([
      expect.stringContaining("no line of these days has the tag nobody"),
    ]);
    expect((await splitOf([file], { groupBy: ["tag:team"] })).notes).toEqual([]);
  });

  it("can read nothing but its files, and leaves nothing behind", async () => {
    const duck = await openDuck(undefined);
    const file = await text("secret.csv", "a\n1\n");
    await duck.lock([]);

    await expect(duck.rows(`FROM read_csv('${file}')`)).rejects.toThrow(/disabled/);
    await expect(duck.rows("SET enable_external_access = true")).rejects.toThrow(/Cannot|cannot/);
    await duck.close();
    await expect(readdir(duck.folder)).rejects.toThrow(/ENOENT/);
  });

  it("leaves nothing behind when it can't be opened", async () => {
    // Others make such folders at the same time, in the usual place.
    vi.stubEnv("TMPDIR", folder);
    const before = await readdir(folder);
    const file = await text("x", "name\n1\n");
    await refusal(openBills([file]));
    vi.unstubAllEnvs();

    expect((await readdir(folder)).sort()).toEqual([...before, basename(file)].sort());
  });

  it("is given up when its signal says so", async () => {
    const file = await text("march.csv", HEAD + row().repeat(50_000));
    const abort = new AbortController();
    const opened = await openBills([file], { signal: abort.signal });
    const reason = new EvenkeelError("CANCELLED", "enough");
    const asked = opened.split(QUERY, () => ({ side: "notBaseline" }));
    setImmediate(() => abort.abort(reason));

    await expect(asked).rejects.toBe(reason);
    await opened.close();
  });

  it("says what to install where DuckDB is not", async () => {
    const absent = Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" });

    expect(await refusal(openDuck(undefined, () => Promise.reject(absent)))).toMatchObject({
      code: "USAGE",
      hint: "npm install @duckdb/node-api",
    });
  });
});
