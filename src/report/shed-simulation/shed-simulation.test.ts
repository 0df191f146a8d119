import { parse as parseCsv } from "csv-parse/sync";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { parseComparison } from "../../verbs/shed/simulate/comparison.ts";
import { simulateAll } from "../../verbs/shed/simulate/result.ts";
import { type Choice, scenarioOf } from "../../verbs/shed/simulate/scenarios.ts";
import { type ShapeName, shapeProfile } from "../../verbs/shed/simulate/shapes.ts";
import { renderSimulation } from "./index.ts";
import { moments, roundUp } from "./scale.ts";
import { bucketed } from "./series.ts";

const FIRST: Choice = { name: "ours", control: "ours", chosen: {} };

function result(shape: ShapeName, ...compare: readonly string[]) {
  const choices = [FIRST, ...compare.map((text) => parseComparison(text, FIRST))];
  return simulateAll(choices.map(scenarioOf), shapeProfile(shape, 100));
}

const PLAIN = { colour: false, width: 80 };
const lines = (text: string) => text.trimEnd().split("\n");

describe("a simulation for people", () => {
  it.each([80, 60, 200])("fits into %i columns, with what is drawn over one axis", async (width) => {
    const text = await renderSimulation(result("step-up-down", "old: control=classic"), "table", { ...PLAIN, width });

    expect(Math.max(...lines(text).map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
    expect(text).toContain("█ served by primary");
    expect(text).toMatch(/^ {2}alarm │·+■+·+$/m);
  });

  it("shows load, what was rejected, and the level, and says what they come to", async () => {
    const text = await renderSimulation(result("step-up-down"), "table", PLAIN);

    expect(text).toContain("step-up-down, 3 h: 720,000 requests, run ours");
    expect(text).toMatch(/^ {2}150\/s │ +×+▒+/m);
    expect(text).toMatch(/^ {3}40 % │/m);
    expect(text).toMatch(/^rejected: +2\.3 %/m);
    expect(text).toMatch(/^recovered: +10 min/m);
    expect(text).toContain("16,800 requests rejected by the primary, 0 by the others.");
  });

  it("has a mark for rejected requests wherever there were some", async () => {
    const text = await renderSimulation(result("spike"), "table", PLAIN);
    expect(text).toContain("×");
    expect(text).toContain("Nothing was shed.");
    expect(await renderSimulation(result("steady"), "table", PLAIN)).not.toMatch(/│.*×/);
  });

  it("is plain ASCII where the terminal shows no more, and coloured only where it is wanted", async () => {
    const ascii = await renderSimulation(result("sawtooth", "b: shed-percent=20"), "table", { ...PLAIN, ascii: true });
    const coloured = await renderSimulation(result("sawtooth"), "table", { ...PLAIN, colour: true });

    expect(ascii).toMatch(/^[\n -~]*$/);
    expect(coloured).toContain("\u001b[");
    expect(await renderSimulation(result("sawtooth"), "table", PLAIN)).not.toContain("\u001b");
  });

  it("compares runs, and marks the best", async () => {
    const text = await renderSimulation(
      result("growing-noise", "bold: shed-percent=25", "old: control=classic"),
      "table",
      PLAIN,
    );

    expect(text).toMatch(/^RUN +REJECTED +OVERSHOOT +TURNS +PROTECTED +RECOVERED +STRANDED +HIGHEST/m);
    expect(lines(text).filter((line) => line.includes("★"))).toEqual([expect.stringMatching(/^bold /)]);
    expect(text).toContain("Best: bold");
  });
});

describe("a simulation for machines", () => {
  it("has the same numbers as a record for each run", async () => {
    const all = result("growing-noise", 'a "b": shed-percent=25');
    const csv = parseCsv(await renderSimulation(all, "csv", PLAIN), {
      columns: true,
      recordDelimiter: "\r\n",
    }) as Record<string, string>[];
    const json = JSON.parse(await renderSimulation(all, "json", PLAIN));

    expect(csv.map(({ run, best }) => [run, best])).toEqual([
      ["ours", "false"],
      ['a "b"', "true"],
    ]);
    expect(json.best).toBe('a "b"');
    for (const [at, record] of csv.entries())
      for (const [name, value] of Object.entries(record)) expect(String(json.runs[at][name] ?? "")).toBe(value);
  });

  it("has each minute, of which nothing is lost", async () => {
    const all = result("flash-crowd");
    const [run] = JSON.parse(await renderSimulation(all, "json", PLAIN)).runs;
    const sum = (name: string) =>
      run.series.reduce((total: number, each: Record<string, number>) => total + 60 * (each[name] ?? 0), 0);

    expect(run.series).toHaveLength(180);
    expect(run.parameters).toMatchObject({ shedPercent: 5, alarm: { threshold: 500 }, primary: { targets: 10 } });
    expect(sum("offered")).toBeCloseTo(run.offered, -2);
    expect(sum("servedByPrimary") + sum("servedByOthers") + sum("rejected")).toBeCloseTo(run.offered, -2);
  });
});

describe("a simulation as a page", () => {
  it("shows foreign names as text, and every chart with a title and what it shows", async () => {
    const text = await renderSimulation(result("step-up", "<script>alert(1)</script>: shed-percent=9"), "html", PLAIN);

    expect(text).not.toContain("<script");
    expect(text).toContain("&lt;script&gt;");
    expect(text.match(/<svg class="chart"[^>]* role="img" aria-labelledby="[^"]+"/g)).toHaveLength(4);
    expect(text.match(/<title id=/g)).toHaveLength(4);
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe("scales", () => {
  it("are round, and never below what they hold", () => {
    expect([0, 7, 100, 101, 1300, 9999].map(roundUp)).toEqual([1, 8, 100, 150, 1500, 10_000]);
    expect(moments(3 * 3600, 9).map(({ text }) => text)).toEqual([
      "0",
      "30 min",
      "1 h",
      "1.5 h",
      "2 h",
      "2.5 h",
      "3 h",
    ]);
    expect(moments(14 * 86_400, 8).length).toBeLessThanOrEqual(9);
  });

  it("put ticks together without losing the last ones", () => {
    const [run] = result("spike").runs;
    const buckets = bucketed(run?.ticks.slice(0, 100) ?? [], 35);
    expect(buckets).toHaveLength(15);
    expect(buckets.at(-1)?.seconds).toBe(14 * 35);
  });
});
