import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { HOSTILE } from "../../src/report/delta/sample.test-data.ts";
import { renderRemoval } from "../../src/report/removal/index.ts";
import { removalReport } from "../../src/report/removal/model.ts";
import { samplePlan } from "../../src/report/removal/sample.test-data.ts";

/* Debian's browser. Elsewhere the suite is skipped by this name; in CI it fails instead, so that it can't be lost. */
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const absent = !existsSync(CHROMIUM);

describe.skipIf(absent && process.env.CI !== "true")("the page of a removal in Chromium", { timeout: 60_000 }, () => {
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

  async function open(options: { colorScheme?: "light" | "dark" } = {}): Promise<void> {
    const file = join(folder, "removal.html");
    await writeFile(file, await renderRemoval(removalReport(samplePlan()), "html", { colour: false }));
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    await page.goto(pathToFileURL(file).href);
  }

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
    await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
    const found = (await page.evaluate("axe.run()")) as { violations: { id: string; nodes: { html: string }[] }[] };

    expect(found.violations.map(({ id, nodes }) => ({ id, first: nodes[0]?.html }))).toEqual([]);
  });

  it("has no sideways scrolling of the whole page on a phone, and prints all rows", async () => {
    await open();
    await page.setViewportSize({ width: 360, height: 700 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);

    await page.emulateMedia({ media: "print" });
    expect(await page.locator("#plan tbody tr:visible").count()).toBe(3);
  });
});
