import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { renderDelta } from "../../src/report/delta/index.ts";
import { HOSTILE, largeDelta, sampleDelta } from "../../src/report/delta/sample.test-data.ts";
import type { DeltaResult } from "../../src/verbs/delta/result.ts";

/* Debian's browser. Elsewhere the suite is skipped by this name; in CI it fails instead, so that it can't be lost. */
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const absent = !existsSync(CHROMIUM);

describe.skipIf(absent && process.env.CI !== "true")("the delta page in Chromium", { timeout: 60_000 }, () => {
  let browser: Browser;
  let folder: string;
  let page: Page;
  const requests: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    if (absent) throw new Error(`no browser at ${CHROMIUM}: apt-get install chromium, or set CHROMIUM`);
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    folder = await mkdtemp(join(tmpdir(), "evenkeel-page-"));
  }, 60_000);
  afterEach(async () => {
    await page?.close();
    requests.length = 0;
    complaints.length = 0;
  });
  afterAll(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  async function open(
    result: DeltaResult,
    options: { colorScheme?: "light" | "dark"; javaScriptEnabled?: boolean } = {},
  ): Promise<Page> {
    const file = join(folder, "delta.html");
    await writeFile(file, await renderDelta(result, "html", { colour: false }));
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(pathToFileURL(file).href);
    return page;
  }

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
    await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));

    const found = (await page.evaluate("axe.run()")) as {
      violations: { id: string; nodes: { html: string }[] }[];
      passes: { id: string }[];
    };

    expect(found.violations.map(({ id, nodes }) => ({ id, first: nodes[0]?.html }))).toEqual([]);
    expect(found.passes.map(({ id }) => id)).toContain("color-contrast");
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
