import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { renderSimulation } from "../../src/report/shed-simulation/index.ts";
import { parseComparison } from "../../src/verbs/shed/simulate/comparison.ts";
import { simulateAll } from "../../src/verbs/shed/simulate/result.ts";
import { type Choice, scenarioOf } from "../../src/verbs/shed/simulate/scenarios.ts";
import { shapeProfile } from "../../src/verbs/shed/simulate/shapes.ts";
import { type Chromium, describeChromium } from "./chromium.ts";

describeChromium("the page of a simulation in Chromium", (chromium) => {
  const { requests, complaints } = chromium;
  let page: Page;
  const open = async (options?: Parameters<Chromium["open"]>[1]) => {
    const first: Choice = { name: "ours", control: "ours", chosen: {} };
    const choices = [first, parseComparison("<old>: control=classic", first)];
    const result = simulateAll(choices.map(scenarioOf), shapeProfile("step-up-down", 100));
    page = await chromium.open(await renderSimulation(result, "html", { colour: false }), options);
  };

  const fillOf = (selector: string) => page.evaluate(`getComputedStyle(document.querySelector("${selector}")).fill`);

  it("loads nothing, has no script, and its style passes its own policy", async () => {
    await open();

    expect(requests).toHaveLength(1);
    expect(complaints).toEqual([]);
    expect(await page.locator("script").count()).toBe(0);
    expect(await fillOf(".chart .primary")).toBe("rgb(47, 111, 181)");
    expect(await page.locator("h2").allTextContents()).toEqual(["Numbers", "ours", "<old>"]);
  });

  it("tells every chart in words, too", async () => {
    await open();

    const charts = page.getByRole("img");
    expect(await charts.count()).toBe(4);
    expect(await page.getByRole("img", { name: "Load of run ours, in requests a second" }).count()).toBe(1);
    expect(await page.locator(".figures tbody tr").count()).toBe(2);
  });

  it.each(["light", "dark"] as const)("has no accessibility fault that axe can find, in %s", async (colorScheme) => {
    await open({ colorScheme });

    expect((await chromium.axe()).violations).toEqual([]);
  });

  it("has no sideways scrolling of the whole page on a phone", async () => {
    await open();
    await page.setViewportSize({ width: 360, height: 700 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
  });
});
