import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { renderSimulation } from "../../src/report/shed-simulation/index.ts";
import { parseComparison } from "../../src/verbs/shed/simulate/comparison.ts";
import { simulateAll } from "../../src/verbs/shed/simulate/result.ts";
import { type Choice, scenarioOf } from "../../src/verbs/shed/simulate/scenarios.ts";
import { shapeProfile } from "../../src/verbs/shed/simulate/shapes.ts";

/* Debian's browser. Elsewhere the suite is skipped by this name; in CI it fails instead, so that it can't be lost. */
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const absent = !existsSync(CHROMIUM);

describe.skipIf(absent && process.env.CI !== "true")(
  "the page of a simulation in Chromium",
  { timeout: 60_000 },
  () => {
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
      const first: Choice = { name: "ours", control: "ours", chosen: {} };
      const choices = [first, parseComparison("<old>: control=classic", first)];
      const result = simulateAll(choices.map(scenarioOf), shapeProfile("step-up-down", 100));
      const file = join(folder, "simulation.html");
      await writeFile(file, await renderSimulation(result, "html", { colour: false }));
      page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
      page.on("request", (request) => requests.push(request.url()));
      page.on("console", (message) => complaints.push(message.text()));
      await page.goto(pathToFileURL(file).href);
    }

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
      await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
      const found = (await page.evaluate("axe.run()")) as { violations: { id: string; nodes: { html: string }[] }[] };

      expect(found.violations.map(({ id, nodes }) => ({ id, first: nodes[0]?.html }))).toEqual([]);
    });

    it("has no sideways scrolling of the whole page on a phone", async () => {
      await open();
      await page.setViewportSize({ width: 360, height: 700 });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
    });
  },
);
