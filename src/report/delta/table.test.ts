import { stripVTControlCharacters } from "node:util";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { renderDelta } from "./index.ts";
import { deltaOf, largeDelta, modified, property, resource, sampleDelta } from "./sample.test-data.ts";

const plain = { colour: false } as const;
const linesOf = async (
  ...[result, options = plain]: [Parameters<typeof renderDelta>[0], Parameters<typeof renderDelta>[2]?]
) => (await renderDelta(result, "table", options)).split("\n");

describe("the table of a delta", () => {
  it("begins with the counts, what is grave, and the baseline with its age", async () => {
    const lines = await linesOf(sampleDelta());

    expect(lines.slice(0, 5)).toEqual([
      "3 added, 2 deleted, 5 modified, 2 replaced, 1 unknown; 1,204 unchanged",
      "! security exposure changed in 1 resource, permissions changed in 1 resource",
      "1 of the modified shows only what a controller may move",
      "baseline prod of 2026-11-17 09:30 UTC, 3 days before",
      "account 123456789012, read at 2026-11-20 10:15 UTC",
    ]);
  });

  it("tells of an added resource when and by whom it was made", async () => {
    const text = await renderDelta(sampleDelta(), "table", plain);

    expect(text).toMatch(
      /ec2:instance +i-0abc12de34f567890 \(batch-worker\) +eu-west-1 +2026-11-19 14:03 UTC +Deploy\/jane@example\.com\n/,
    );
    expect(text).toMatch(/s3:\S+ +bucket-x .* us-east-1 +not told\n/);
  });

  it("indents properties below their resource, aligned, with grave ones marked", async () => {
    const lines = await linesOf(sampleDelta());
    const at = lines.findIndex((line) => /rds:\S+ +orders /.test(line));
    const [multiAz = "", publicly = "", owner = ""] = lines.slice(at + 1, at + 4);

    expect(multiAz).toMatch(/^ {6}MultiAZ +true → false +configuration$/);
    expect(publicly).toMatch(/^ {4}! PubliclyAccessible +false → true +security exposure$/);
    expect(publicly.indexOf("false →")).toBe(multiAz.indexOf("true →"));
    expect(owner).toMatch(/^ {6}Tags\.owner .*tags$/);
  });

  it("puts resources with grave changes first in their list", async () => {
    const text = await renderDelta(sampleDelta(), "table", plain);
    const list = text.slice(text.indexOf("Modified (4)"));

    expect(list.indexOf("iam:role")).toBeLessThan(list.indexOf("ec2:instance"));
  });

  it("lists what controllers moved at the end, by controller, and not among what people changed", async () => {
    const text = await renderDelta(sampleDelta(), "table", plain);
    const [people = "", controllers = ""] = text.split(/(?=May be moved by Application Auto Scaling)/);

    expect(people).not.toContain("DesiredCount");
    expect(people).not.toContain("workers");
    expect(people).toContain("TaskDefinition");
    expect(controllers).toMatch(/web\/checkout +eu-west-1\n +DesiredCount +4 → 9 +capacity/);
    expect(controllers).toMatch(/May be moved by its scaling policies \(1\).*\n.*\n.*workers/);
  });

  it("says what was not seen, why, and which permission was missing", async () => {
    const text = await renderDelta(sampleDelta(), "table", { ...plain, width: 80 });

    expect(text).toContain("Not completely seen (2)");
    expect(text).toMatch(
      /dynamodb:\S+ +us-east-1 +denied +dynamodb:ListTables\n {4}not authorised to perform dynamodb:ListTables <here>\n/,
    );
    expect(text).toMatch(/kinesis:\S+ +eu-west-1 +throttled\n {4}Rate exceeded\n/);
  });

  it("says in words that nothing changed", async () => {
    const lines = await linesOf(deltaOf([]));

    expect(lines[0]).toBe("Nothing changed: 1,204 resources are as in prod.");
  });

  it("says how to narrow a list that is longer than a screen, and only then", async () => {
    expect(await renderDelta(largeDelta(60), "table", plain)).toContain("Narrow this list with --type ec2:instance");
    expect(await renderDelta(largeDelta(5), "table", plain)).not.toContain("Narrow");
  });

  it("fits the terminal, except for reasons, which are never cut", async () => {
    for (const width of [80, 100, 140]) {
      const lines = await linesOf(sampleDelta(), { ...plain, width });
      const wide = lines.filter(
        (line) =>
          stringWidth(line) > width &&
          !/^ {4}AWS::|a controller moves this/.test(line) &&
          !line.includes("can't be told"),
      );
      expect(wide).toEqual([]);
    }
  });

  it("gives values too long for their line lines of their own", async () => {
    const change = modified(resource("AWS::SQS::Queue", "q"), [
      property("Policy", "permissions", { before: "b".repeat(200), after: "a".repeat(50) }),
    ]);

    const lines = await linesOf(deltaOf([change]), { ...plain, width: 80 });

    const at = lines.findIndex((line) => line.includes("! Policy"));
    expect(lines[at + 1]).toMatch(/^ {10}b{50,}…$/);
    expect(lines[at + 2]).toMatch(/^ {10}→ a{50}$/);
  });

  it("lets no name act on the terminal", async () => {
    const text = await renderDelta(sampleDelta(), "table", plain);

    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text).toContain("\\u{1b}[31mred");
  });

  it("is plain ASCII where the terminal has nothing else", async () => {
    const text = await renderDelta(sampleDelta(), "table", { ...plain, ascii: true, width: 80 });

    expect(text).toMatch(/^[\n -~]*$/);
    expect(text).toContain("true -> false");
  });

  it("has colour only when asked, and the same text with it", async () => {
    const colourful = await renderDelta(sampleDelta(), "table", { colour: true, width: 100 });

    expect(colourful).toContain("\u001b[31m! PubliclyAccessible");
    expect(stripVTControlCharacters(colourful)).toBe(
      await renderDelta(sampleDelta(), "table", { colour: false, width: 100 }),
    );
  });
});
