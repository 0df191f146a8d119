import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import { runs } from "../../../tests/contract/runs.ts";
import type { CoverageCell } from "../../model/coverage.ts";
import { renderDelta } from "./index.ts";
import { code } from "./markdown-text.ts";
import { deltaOf, HOSTILE, largeDelta, modified, property, resource, sampleDelta } from "./sample.test-data.ts";
import { visible } from "./value.ts";

const markdown = (result = sampleDelta()) => renderDelta(result, "markdown", { colour: false });
const page = (text: string) =>
  micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
const decode = (text: string) =>
  text
    .replace(/&#(\d+);/g, (_, number) => String.fromCharCode(Number(number)))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

describe("a delta as a comment", () => {
  it("begins with the counts and what is grave", async () => {
    const text = await markdown();

    expect(text).toMatch(/^## Delta: 3 added, 2 deleted, 5 modified, 2 replaced, 1 unknown; 1,204 unchanged\n/);
    expect(text).toContain("**:warning: security exposure changed in 1 resource");
  });

  it("has a table a kind, with properties folded away", async () => {
    const shown = page(await markdown());

    expect(shown.match(/<h3>[^<]*/g)).toEqual([
      "<h3>Added (3)",
      "<h3>Deleted (2)",
      "<h3>Modified (4)",
      "<h3>Replaced (2)",
      "<h3>Unknown (1)",
      "<h3>May be moved by controllers (2)",
      "<h3>⚠️ Not completely seen (2)".replace("⚠️", ":warning:"),
    ]);
    expect(shown.match(/<table>/g)).toHaveLength(7);
    expect(shown).toContain("<summary>3 properties: <strong>security exposure</strong>, configuration, tags</summary>");
  });

  it("shows hostile names and values as text, each in its own cell", async () => {
    const shown = page(await markdown());
    const texts = [...shown.matchAll(/<code>(.*?)<\/code>/gs)].map((match) => decode(match[1] ?? ""));

    for (const text of Object.values(HOSTILE)) expect(texts).toContain(visible(text));
    expect(shown).not.toMatch(/<(script|img|a |em>d)/);
    for (const table of shown.match(/<tbody>.*?<\/tbody>/gs) ?? []) {
      const rows = table.match(/<tr>.*?<\/tr>/gs) ?? [];
      expect(new Set(rows.map((row) => row.match(/<td/g)?.length)).size).toBe(1);
    }
  });

  it("brings any text through a cell of GitHub's Markdown as it is", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "`",
        "|",
        "\\",
        "\\|",
        "<b>",
        "&amp;",
        "*",
        "_",
        "~~",
        "\n",
        "](",
        "http://x.y",
        "www.a.b",
        "@you",
      ),
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join("")),
        (text) => {
          fc.pre(visible(text).trim() === visible(text));
          const shown = page(`| a | b |\n| --- | --- |\n| ${code(text)} | end |`);

          expect(shown).toContain("<td>end</td>");
          expect(decode(/<td><code>(.*?)<\/code><\/td>/s.exec(shown)?.[1] ?? "missing")).toBe(visible(text));
        },
      ),
      runs(500),
    );
  });

  it("says in words that nothing changed", async () => {
    expect(await markdown(deltaOf([]))).toMatch(/^## Delta: Nothing changed: 1,204 resources are as in prod\.\n/);
  });

  it("fits a comment of GitHub's, and counts what it leaves out", async () => {
    const text = await markdown(largeDelta(10_000));

    expect(text.length).toBeLessThan(65_536);
    const rows = text.match(/^\| [a-z0-9]+:[a-z]/gm)?.length ?? 0;
    const left = [...text.matchAll(/^\*([\d,]+) more resources? not shown/gm)].map((match) =>
      Number(match[1]?.replaceAll(",", "")),
    );
    expect(rows + left.reduce((sum, each) => sum + each, 0)).toBe(10_000);
  });

  it("keeps room for the changes whatever was not seen, and for what was not seen whatever changed", async () => {
    const { unseen } = sampleDelta();
    const many = Array.from({ length: 300 }, () => ({ ...(unseen[0] as CoverageCell), reason: "*".repeat(5000) }));

    const text = await markdown({ ...largeDelta(1000), unseen: many });

    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain("### :warning: Not completely seen (300)");
    expect(text).toMatch(/more types and regions not shown/);
    expect(text).toContain("### Added (200)");
  });

  it("cuts a value that would fill the comment alone", async () => {
    const huge = modified(resource("AWS::SQS::Queue", "q"), [
      property("Policy", "permissions", { before: "x", after: "y".repeat(100_000) }),
    ]);

    expect((await markdown(deltaOf([huge]))).length).toBeLessThan(3000);
  });
});
