import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { renderDelta } from "../../src/report/delta/index.ts";
import { HOSTILE, largeDelta, sampleDelta } from "../../src/report/delta/sample.test-data.ts";
import type { DeltaResult } from "../../src/verbs/delta/result.ts";
import { type Chromium, describeChromium } from "./chromium.ts";

describeChromium("the delta page in Chromium", (chromium) => {
  const { requests, complaints } = chromium;
  let page: Page;
  const open = async (result: DeltaResult, options?: Parameters<Chromium["open"]>[1]) => {
    page = await chromium.open(await renderDelta(result, "html", { colour: false }), options);
  };

  const visibleNames = () => page.locator("li.change:visible .name").allTextContents();
  const shown = () => page.locator("#shown").textContent();

  it("loads nothing but itself, and its script and style pass their own policy", async () => {
    await open(sampleDelta());

    expect(requests).toHaveLength(1);
    expect(complaints).toEqual([]);
    expect(await page.locator("#filter").isVisible()).toBe(true);
    expect(await page.evaluate("getComputedStyle(document.querySelector('.tiles')).display")).toBe("flex");
  });

  it("shows hostile names and values as text", async () => {
    await open(sampleDelta());

    expect(await page.title()).toBe("Delta of 123456789012: prod to live");
    expect(await page.locator("script").count()).toBe(1);
    expect(await page.locator("img").count()).toBe(0);
    const names = await visibleNames();
    expect(names).toContain(HOSTILE.script);
    expect(names).toContain(HOSTILE.attribute);
    expect(await page.locator("td.after").allTextContents()).toContain(HOSTILE.markdown);
  });

  it("runs no script that was put into it", async () => {
    await open(sampleDelta());

    await page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"document.title=1\">')");
    await page.evaluate(
      "document.body.append(Object.assign(document.createElement('script'), { textContent: 'document.title = 2' }))",
    );
    await page.waitForFunction("document.images[0].complete");

    expect(await page.title()).toBe("Delta of 123456789012: prod to live");
    expect(complaints.some((each) => each.includes("Content Security Policy"))).toBe(true);
  });

  it("filters by text, over names, ARNs, properties and values, with all words wanted", async () => {
    await open(sampleDelta());

    await page.getByLabel("Text").fill("PUBLICLYacc orders");
    await expect.poll(shown).toBe("1 of 13 changes");
    expect(await visibleNames()).toEqual(["orders"]);
    await page.getByLabel("Text").fill("999999999999");
    await expect.poll(visibleNames).toEqual([HOSTILE.attribute]);
  });

  it("filters by kind, type and region together and hides lists that are left empty", async () => {
    await open(sampleDelta());

    await page.getByLabel("Kind").selectOption("modified");
    await page.getByLabel("Region").selectOption("us-east-1");
    await expect.poll(visibleNames).toEqual(["workers"]);
    expect(await page.locator("main section h2:visible").allTextContents()).toEqual([
      "May be moved by controllers 1 of 2",
      "Not completely seen 2",
      "Next",
    ]);
    await page.getByLabel("Type").selectOption("AWS::EC2::Instance");
    await expect.poll(() => page.locator("#nothing").isVisible()).toBe(true);
    expect(await shown()).toBe("0 of 13 changes");
  });

  it("shows only the properties of the wanted category, and all of them again afterwards", async () => {
    await open(sampleDelta());
    const paths = () => page.locator("tr[data-category]:visible th").allTextContents();
    const all = await paths();

    await page.getByLabel("Category").selectOption("security exposure");
    await expect.poll(paths).toEqual(["PubliclyAccessible"]);
    await page.getByLabel("Category").selectOption("permissions");
    await expect.poll(paths).toEqual(["AssumeRolePolicyDocument.Statement[AllowCi].Principal"]);
    await page.getByLabel("Category").selectOption("");

    await expect.poll(paths).toEqual(all);
  });

  it("counts a change once that stands in two lists", async () => {
    await open(sampleDelta());

    await page.getByLabel("Text").fill("web/checkout");

    await expect.poll(shown).toBe("1 of 13 changes");
    expect(await page.locator("li.change:visible").count()).toBe(2);
  });

  it("is cleared by keyboard alone", async () => {
    await open(sampleDelta());
    await page.getByLabel("Text").focus();
    await page.keyboard.type("orders-replica");
    await expect.poll(shown).toBe("1 of 13 changes");

    for (let tab = 0; tab < 5; tab++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");

    await expect.poll(shown).toBe("13 changes");
  });

  it("clears the filter when a count leads to a list that it hides", async () => {
    await open(sampleDelta());
    await page.getByLabel("Kind").selectOption("deleted");
    await expect.poll(() => page.locator("#added").isVisible()).toBe(false);

    await page.locator(".tile.added a").click();

    expect(await page.locator("#added").isVisible()).toBe(true);
    expect(await shown()).toBe("13 changes");
  });

  it("reads without its script", async () => {
    await open(sampleDelta(), { javaScriptEnabled: false });

    expect(await page.locator("#filter").isVisible()).toBe(false);
    expect(await page.locator("li.change:visible").count()).toBe(14);
  });

  it("prints every change, without the controls and with tall values opened", async () => {
    await open(sampleDelta());

    await page.emulateMedia({ media: "print" });

    expect(await page.getByLabel("Text").isVisible()).toBe(false);
    expect(await page.locator("li.change:visible").count()).toBe(14);
    expect(await page.evaluate("getComputedStyle(document.querySelector('li.change')).contentVisibility")).toBe(
      "visible",
    );
    expect(await page.evaluate("getComputedStyle(document.querySelector('.tall') ?? document.body).overflow")).toBe(
      "visible",
    );
  });

  it.each(["light", "dark"] as const)("has no accessibility fault that axe can find, in %s", async (colorScheme) => {
    await open(sampleDelta(), { colorScheme });

    const { violations, passes } = await chromium.axe();

    expect(violations).toEqual([]);
    expect(passes).toContain("color-contrast");
  });

  it("has no sideways scrolling on a phone", async () => {
    await open(sampleDelta());

    await page.setViewportSize({ width: 360, height: 700 });

    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
  });

  it("filters ten thousand changes", async () => {
    await open(largeDelta(10_000));

    await page.getByLabel("Text").fill("thing-9999");
    await expect.poll(shown).toBe("1 of 10,000 changes");
    await page.getByLabel("Text").fill("");
    await page.getByLabel("Category").selectOption("security exposure");

    await expect.poll(shown).toBe("624 of 10,000 changes");
  });
});
