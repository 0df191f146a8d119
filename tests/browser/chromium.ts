/** Pages that are written as files, opened in Chromium as a person opens them. */
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe } from "vitest";

/* Debian's browser. Elsewhere a suite is skipped by its name; in CI it fails instead, so that it can't be lost. */
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const absent = !existsSync(CHROMIUM);
const PATIENCE_MS = 60_000;

export interface Chromium {
  /** The addresses that the open page has asked for, its own among them. */
  readonly requests: readonly string[];
  /** What the console of the open page says, and the errors of its scripts. */
  readonly complaints: readonly string[];
  /** Opens an HTML text as a file; the page is closed when the test is over. */
  open(html: string, options?: BrowserContextOptions): Promise<Page>;
  /** Runs axe in the open page. */
  axe(): Promise<{ readonly violations: readonly Violation[]; readonly passes: readonly string[] }>;
}

/** A rule of accessibility that is broken, and the first element that breaks it. */
export interface Violation {
  readonly id: string;
  readonly first: string | undefined;
}

/** A suite with a browser of its own. */
export function describeChromium(name: string, suite: (chromium: Chromium) => void): void {
  describe.skipIf(absent && process.env.CI !== "true")(name, { timeout: PATIENCE_MS }, () => suite(useChromium()));
}

function useChromium(): Chromium {
  let browser: Browser;
  let folder: string;
  let page: Page;
  const requests: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    if (absent) throw new Error(`no browser at ${CHROMIUM}: apt-get install chromium, or set CHROMIUM`);
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    folder = await mkdtemp(join(tmpdir(), "evenkeel-page-"));
  }, PATIENCE_MS);
  afterEach(async () => {
    await page?.close();
    requests.length = 0;
    complaints.length = 0;
  });
  afterAll(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  return {
    requests,
    complaints,
    async open(html, options = {}) {
      const file = join(folder, "page.html");
      await writeFile(file, html);
      page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
      page.on("request", (request) => requests.push(request.url()));
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(String(error)));
      await page.goto(pathToFileURL(file).href);
      return page;
    },
    async axe() {
      await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
      const { violations, passes } = (await page.evaluate("axe.run()")) as {
        violations: { id: string; nodes: { html: string }[] }[];
        passes: { id: string }[];
      };
      return {
        violations: violations.map(({ id, nodes }) => ({ id, first: nodes[0]?.html })),
        passes: passes.map(({ id }) => id),
      };
    },
  };
}
