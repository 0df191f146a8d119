import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderDelta } from "../index.ts";
import { deltaOf, HOSTILE, largeDelta, modified, property, resource, sampleDelta } from "../sample.test-data.ts";
import { visible } from "../value.ts";
import { escapeHtml, html } from "./markup.ts";

const pageOf = (result = sampleDelta()) => renderDelta(result, "html", { colour: false });
const between = (page: string, tag: string) => new RegExp(`<${tag}>(.*?)</${tag}>`, "s").exec(page)?.[1] ?? "";
const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

describe("the delta page", () => {
  it("allows its own script and style by hash, and nothing else", async () => {
    const page = await pageOf();
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll("&#39;", "'");

    expect(policy).toBe(
      `default-src 'none'; script-src ${hash(between(page, "script"))}; style-src ${hash(between(page, "style"))}; base-uri 'none'; form-action 'none'`,
    );
  });

  it("needs no other file and has no inline handler or style", async () => {
    const page = await pageOf();

    expect(page).not.toMatch(/<[a-z][^>]* (src|style|on[a-z]+)=/);
    expect(page).not.toMatch(/<(link|img|iframe|object)\b/);
    expect(page.match(/ href="[^#][^"]*"/g)).toBeNull();
    expect(page).not.toContain("\r");
  });

  it("has exactly one script, whatever resources are called", async () => {
    const page = await pageOf(
      deltaOf(
        Object.values(HOSTILE).map((name) =>
          modified(resource("AWS::SQS::Queue", name, { name: `${name}!` }), [
            property(name, "tags", { before: name, after: name }),
          ]),
        ),
      ),
    );

    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<\/script/g)).toHaveLength(1);
  });

  it("says in words that nothing changed, without a filter", async () => {
    const page = await pageOf(deltaOf([]));

    expect(page).toContain("<h1>Nothing changed: 1,204 resources are as in prod.</h1>");
    expect(page).not.toContain('id="filter"');
  });

  it("folds away the lines that two long values begin with", async () => {
    expect(await pageOf()).toContain("<summary>13 equal lines</summary>");
  });

  it("holds ten thousand changes as rows", async () => {
    const page = await pageOf(largeDelta(10_000));

    expect(page.match(/<li class="change"/g)).toHaveLength(10_000);
  });
});

describe("escaping for the page", () => {
  it("brings any text back as it was made visible, and leaves no character that could end it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const escaped = escapeHtml(text);

        expect(escaped).not.toMatch(/[<>"']/);
        expect(decode(escaped)).toBe(visible(text, "\n\t"));
      }),
    );
  });

  it("is done by the template, for every text and once", () => {
    const inner = html`<b>${"<&"}</b>`;

    expect(html`<a title="${'"'}">${[inner, "<", 1]}</a>`.markup).toBe('<a title="&quot;"><b>&lt;&amp;</b>&lt;1</a>');
  });
});

function decode(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
