import { parse as parseCsv } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { CSV_COLUMNS } from "./csv.ts";
import { DELTA_FORMATS, renderDelta } from "./index.ts";
import type { DeltaDocument } from "./item.ts";
import { deltaOf, modified, property, resource, sampleDelta } from "./sample.test-data.ts";

const options = { colour: false } as const;
const json = async (result = sampleDelta()): Promise<DeltaDocument> =>
  JSON.parse(await renderDelta(result, "json", options));

describe("a delta for machines", () => {
  it("ends in one line feed in every format", async () => {
    for (const format of DELTA_FORMATS) expect(await renderDelta(sampleDelta(), format, options)).toMatch(/[^\n]\n$/);
  });

  it("says 0 changes as a number when nothing changed", async () => {
    const document = await json(deltaOf([]));

    expect(document.changes).toBe(0);
    expect(document.items).toEqual([]);
    expect(document.unchanged).toBe(1204);
  });

  it("holds counts, both sides, every change with its properties, and what was not seen", async () => {
    const document = await json();

    expect(document.changes).toBe(13);
    expect(document.counts).toEqual({ added: 3, deleted: 2, modified: 5, replaced: 2, unknown: 1 });
    expect(document.before.name).toBe("prod");
    expect(document.account).toBe("123456789012");
    expect(document.unseen[0]?.action).toBe("dynamodb:ListTables");
    expect(document.items.find(({ id }) => id === "orders")?.properties[1]).toEqual({
      path: "PubliclyAccessible",
      before: false,
      after: true,
      category: "security exposure",
    });
  });

  it("tells a value that went away from one that became null", async () => {
    const properties = (await json()).items.find(({ id }) => id === "i-0feed")?.properties ?? [];

    expect(properties.find(({ path }) => path === "Tags.empty")).toHaveProperty("after", null);
    expect(properties.find(({ path }) => path === "Tags.gone")).not.toHaveProperty("after");
  });

  it("is the same object in YAML", async () => {
    expect(parseYaml(await renderDelta(sampleDelta(), "yaml", options))).toEqual(await json());
  });

  it("has the same rows in CSV as in JSON", async () => {
    const records = parseCsv(await renderDelta(sampleDelta(), "csv", options), { columns: true }) as Record<
      string,
      string
    >[];

    expect(records).toEqual((await json()).items.flatMap(rowsOf));
    expect(records).toHaveLength(20);
  });

  it("has its columns in the promised order", async () => {
    const [heading] = (await renderDelta(deltaOf([]), "csv", options)).split("\r\n");

    expect(heading).toBe(
      "kind,type,id,name,region,arn,path,before,after,category,controlledBy,createdAt,createdBy,reason",
    );
  });

  it("brings any value through YAML and CSV unchanged", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.jsonValue(), async (name, value) => {
        const before = JSON.parse(JSON.stringify(value));
        const result = deltaOf([
          modified(resource("AWS::SQS::Queue", name), [property("P", "tags", { before, after: name })]),
        ]);

        expect(parseYaml(await renderDelta(result, "yaml", options))).toEqual(await json(result));
        const records = parseCsv(await renderDelta(result, "csv", options), { columns: true });
        expect(records).toEqual((await json(result)).items.flatMap(rowsOf));
      }),
    );
  });
});

/** An item of the JSON as records of the CSV must be: written down anew, so that both are checked. */
function rowsOf(item: DeltaDocument["items"][number]): Record<string, string>[] {
  const { properties, ...names } = item;
  const text = (value: unknown) =>
    value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
  // Half a surrogate pair can't be written as UTF-8.
  const utf8 = (value: string) => Buffer.from(value).toString();
  return (properties.length > 0 ? properties : [{}]).map((each) => {
    const row: Record<string, unknown> = { ...names, ...each };
    return Object.fromEntries(CSV_COLUMNS.map((column) => [column, utf8(text(row[column]))]));
  });
}
