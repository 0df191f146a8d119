import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { CostResult } from "../../src/model/cost.ts";
import { renderCost } from "../../src/report/cost/index.ts";
import {
  allocatedCost,
  HOSTILE,
  hostileCost,
  manyRows,
  resultOf,
  sampleCost,
} from "../../src/report/cost/sample.test-data.ts";
import { type Chromium, describeChromium } from "./chromium.ts";

const PICTURE = fileURLToPath(new URL("../../docs/cost.png", import.meta.url));

/* Runs in the page: pairs of texts of a chart that lie on each other, and those that leave the chart. */
const COLLISIONS = `(() => {
  const frame = document.querySelector(".chart").getBoundingClientRect();
  const boxes = [...document.querySelectorAll(".chart text")].map((each) => [each.textContent, each.getBoundingClientRect()]);
  const outside = boxes.filter(([, box]) => box.left < frame.left || box.right > frame.right || box.bottom > frame.bottom);
  const on = ([, a], [, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const pairs = boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) => on(a, b)).map((b) => a[0] + " on " + b[0]));
  return [...pairs, ...outside.map(([text]) => text + " outside")];
})()`;

describeChromium("the page of costs in Chromium", (chromium) => {
  const { requests, complaints } = chromium;
  let page: Page;
  const open = async (result: CostResult, options?: Parameters<Chromium["open"]>[1]) => {
    page = await chromium.open(await renderCost(result, "html", { colour: false }), options);
  };

  it("loads nothing, has no script, and its style passes its own policy", async () => {
    await open(sampleCost());

    expect(requests).toHaveLength(1);
    expect(complaints).toEqual([]);
    expect(await page.locator("script").count()).toBe(0);
    const fillOf = (selector: string) => page.evaluate(`getComputedStyle(document.querySelector("${selector}")).fill`);
    expect(await fillOf(".chart .mark-baseline")).toBe("rgb(47, 111, 181)");
    expect(await fillOf(".chart .mark-other")).toBe('url("#stripes")');
  });

  it("tells the numbers first, the chart in words, and every row with its sum", async () => {
    await open(sampleCost());

    expect(await page.locator("h2").allTextContents()).toEqual([
      "By day",
      "By service 13",
      "Unallocated $88.41",
      "Notes",
      "Rows 214",
    ]);
    expect(await page.locator(".tile b").allTextContents()).toEqual(["$3,381.40", "$2,499.07", "$793.92", "$88.41"]);
    expect(await page.getByRole("img", { name: "What was spent, by day" }).count()).toBe(1);
    expect(await page.locator(".rows tfoot td").allTextContents()).toEqual([
      "$2,499.07",
      "$793.92",
      "23.5 %",
      "$88.41",
      "$3,381.40",
    ]);
  });

  it("shows hostile names as text", async () => {
    await open(hostileCost());

    expect(complaints).toEqual([]);
    expect(await page.locator("script").count()).toBe(0);
    expect(await page.locator(".rows tbody th bdi").allTextContents()).toContain(HOSTILE.script);
    expect(await page.locator(".rows tbody td bdi").allTextContents()).toContain(HOSTILE.long);
  });

  it("draws charges above zero, and credits below", async () => {
    await open(sampleCost());

    const edge = (selector: string, side: "top" | "bottom") =>
      page.evaluate(`document.querySelector("${selector}").getBoundingClientRect().${side}`) as Promise<number>;
    const zero = await edge(".chart .zero", "top");
    const day = ".column:nth-of-type(10)";
    expect(await page.locator(`${day} title`).textContent()).toContain("2026-11-10: $123.60");
    expect(await edge(`${day} .mark-baseline`, "bottom")).toBeCloseTo(zero, 0);
    expect(await edge(`${day} .mark-none`, "top")).toBeCloseTo(zero, 0);
    expect(await edge(`${day} .net`, "top")).toBeLessThan(zero);
    expect(await page.locator(".net").count()).toBe(2 + 1);
  });

  it.each([
    ["a day", manyRows(1, 1)],
    ["31 days", manyRows(31, 4, { credits: true })],
    ["90 days", manyRows(90, 2)],
    ["400 days", manyRows(400, 1)],
    ["a month", manyRows(1, 60, { monthly: true })],
    ["12 months", manyRows(12, 60, { monthly: true })],
    ["90 months", manyRows(90, 1, { monthly: true })],
    ["two days that are not complete", allocatedCost()],
    ["three weeks", sampleCost()],
    ["nothing but zero", resultOf(["2026-11-01", "2026-11-02"], [{ start: "2026-11-01" }])],
    ["less than a cent", resultOf(["2026-11-01", "2026-11-02"], [{ start: "2026-11-01", baseline: "0.00031" }])],
    ["millions", resultOf(["2026-11-01", "2026-11-02"], [{ start: "2026-11-01", baseline: "-123456789.123" }])],
  ])("keeps the texts of a chart of %s apart", async (_, result) => {
    await open(result);

    expect(await page.evaluate(COLLISIONS)).toEqual([]);
  });

  it.each(["light", "dark"] as const)("has no accessibility fault that axe can find, in %s", async (colorScheme) => {
    for (const result of [sampleCost(), allocatedCost(), hostileCost()]) {
      await open(result, { colorScheme });
      const { violations, passes } = await chromium.axe();

      expect(violations).toEqual([]);
      expect(passes).toContain("color-contrast");
    }
  });

  it("has no sideways scrolling of the whole page on a phone", async () => {
    for (const result of [sampleCost(), hostileCost()]) {
      await open(result);
      await page.setViewportSize({ width: 360, height: 700 });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
    }
  });

  it.runIf(process.env.EVENKEEL_UPDATE_SCREENS === "1")("takes docs/cost.png anew", async () => {
    await open(sampleCost(), { viewport: { width: 1000, height: 1080 } });
    await page.screenshot({ path: PICTURE });
  });
});
