import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { HOSTILE } from "../../src/report/delta/sample.test-data.ts";
import { renderRemoval } from "../../src/report/removal/index.ts";
import { removalReport } from "../../src/report/removal/model.ts";
import { samplePlan } from "../../src/report/removal/sample.test-data.ts";
import { type Chromium, describeChromium } from "./chromium.ts";

describeChromium("the page of a removal in Chromium", (chromium) => {
  const { requests, complaints } = chromium;
  let page: Page;
  const open = async (options?: Parameters<Chromium["open"]>[1]) => {
    page = await chromium.open(await renderRemoval(removalReport(samplePlan()), "html", { colour: false }), options);
  };

  it("loads nothing, has no script, and shows hostile names as text", async () => {
    await open();

    expect(requests).toHaveLength(1);
    expect(complaints).toEqual([]);
    expect(await page.locator("script").count()).toBe(0);
    expect(await page.title()).toBe("Plan p-0123456789ab of account 123456789012");
    expect(await page.locator("#plan td").allTextContents()).toContain(`vol-1 (${HOSTILE.script})`);
  });

  it.each(["light", "dark"] as const)("has no accessibility fault that axe can find, in %s", async (colorScheme) => {
    await open({ colorScheme });

    expect((await chromium.axe()).violations).toEqual([]);
  });

  it("has no sideways scrolling of the whole page on a phone, and prints all rows", async () => {
    await open();
    await page.setViewportSize({ width: 360, height: 700 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);

    await page.emulateMedia({ media: "print" });
    expect(await page.locator("#plan tbody tr:visible").count()).toBe(3);
  });
});
