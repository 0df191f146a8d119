import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { renderDelta } from "./index.ts";
import { deltaOf, modified, property, resource, sampleDelta } from "./sample.test-data.ts";
import { shortType } from "./wording.ts";
import { element, xmlDocument } from "./xml.ts";

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  preserveOrder: true,
  trimValues: false,
  parseAttributeValue: false,
  parseTagValue: false,
  htmlEntities: true,
});
const junit = (result = sampleDelta()) => renderDelta(result, "junit", { colour: false });

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
  readonly text: string;
}

function read(xml: string): Node {
  expect(XMLValidator.validate(xml)).toBe(true);
  const nodes = (parser.parse(xml) as Record<string, unknown>[]).map(node);
  return nodes.find(({ name }) => !name.startsWith("?")) as Node;
}

function node(raw: Record<string, unknown>): Node {
  const name = Object.keys(raw).find((key) => key !== ":@") ?? "";
  const inner = Array.isArray(raw[name]) ? (raw[name] as Record<string, unknown>[]) : [];
  return {
    name,
    attributes: (raw[":@"] ?? {}) as Record<string, string>,
    children: inner.filter((each) => !("#text" in each)).map(node),
    text: inner.map((each) => String(each["#text"] ?? "")).join(""),
  };
}

/* Elements, attributes and their order as Jenkins' junit-10.xsd and Surefire's schema both allow them. */
const SCHEMA: Readonly<
  Record<
    string,
    { readonly required: readonly string[]; readonly optional: readonly string[]; readonly children: readonly string[] }
  >
> = {
  testsuites: { required: [], optional: ["name", "time", "tests", "failures", "errors"], children: ["testsuite"] },
  testsuite: {
    required: ["name", "time", "tests", "errors", "skipped", "failures"],
    optional: [],
    children: ["properties", "testcase"],
  },
  properties: { required: [], optional: [], children: ["property"] },
  property: { required: ["name", "value"], optional: [], children: [] },
  testcase: { required: ["name", "classname", "time"], optional: [], children: ["error", "failure"] },
  failure: { required: ["message", "type"], optional: [], children: [] },
  error: { required: ["message", "type"], optional: [], children: [] },
};

function conform(each: Node): void {
  const rules = SCHEMA[each.name];
  expect(rules, each.name).toBeDefined();
  const names = Object.keys(each.attributes);
  expect(names).toEqual(expect.arrayContaining([...(rules?.required ?? [])]));
  expect(names.filter((name) => !rules?.required.includes(name) && !rules?.optional.includes(name))).toEqual([]);
  const order = each.children.map(({ name }) => rules?.children.indexOf(name) ?? -1);
  expect(order).not.toContain(-1);
  expect(order).toEqual([...order].sort((a, b) => a - b));
  each.children.forEach(conform);
}

describe("a delta as a test report", () => {
  it("has the elements, attributes and order that Jenkins and Surefire know", async () => {
    conform(read(await junit()));
    conform(read(await junit(deltaOf([]))));
  });

  it("counts in its attributes what stands in it", async () => {
    const root = read(await junit());
    const cases = root.children.flatMap((suite) => suite.children.filter(({ name }) => name === "testcase"));
    const having = (list: readonly Node[], name: string) =>
      String(list.filter((each) => each.children.some((child) => child.name === name)).length);

    expect(root.attributes).toMatchObject({ tests: "16", failures: "12", errors: "3" });
    expect([having(cases, "failure"), having(cases, "error")]).toEqual(["12", "3"]);
    for (const suite of root.children) {
      const own = suite.children.filter(({ name }) => name === "testcase");
      expect(suite.attributes).toMatchObject({
        tests: String(own.length),
        failures: having(own, "failure"),
        errors: having(own, "error"),
      });
    }
  });

  it("fails a case a change, with its properties, and errs for what is unknown or was not seen", async () => {
    const root = read(await junit());
    const outcome = (title: string) =>
      root.children.flatMap(({ children }) => children).find(({ attributes }) => attributes.name === title)
        ?.children[0];

    expect(outcome("modified: orders in eu-west-1")?.text).toContain(
      "PubliclyAccessible: false -> true [security exposure]",
    );
    expect(outcome("modified: workers in us-east-1")?.text).toContain(
      "[capacity, may be moved by its scaling policies]",
    );
    expect(outcome("deleted: orders-replica-2 in eu-west-1")?.attributes.type).toBe("deleted");
    expect(outcome("unknown: sessions in us-east-1")?.name).toBe("error");
    expect(outcome(`${shortType("AWS::DynamoDB::Table")} in us-east-1`)?.attributes.message).toMatch(
      /^denied: .*missing permission dynamodb:ListTables$/,
    );
  });

  it("passes one case for everything unchanged", async () => {
    const [suite] = read(await junit(deltaOf([]))).children;

    expect(suite?.children.filter(({ name }) => name === "testcase").map(({ attributes }) => attributes.name)).toEqual([
      "1,204 resources unchanged",
    ]);
  });

  it("stays a document with any name and value", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        const change = modified(resource("AWS::SQS::Queue", text), [
          property(text, "tags", { before: text, after: { [text]: text } }),
        ]);
        const xml = await junit(deltaOf([change]));

        expect(XMLValidator.validate(xml)).toBe(true);
        expect(xml).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
      }),
    );
  });
});

describe("an XML document", () => {
  it("brings texts and attributes back as they were, without what XML can't hold", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
        const kept = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu, "");
        const xml = xmlDocument(element("a", { b: text }, [element("c", {}, [text])]));
        const values = [/ b="([^"]*)"/.exec(xml)?.[1], /<c>([^<]*)<\/c>/.exec(xml)?.[1]].map((each) =>
          decode(each ?? ""),
        );

        expect(values).toEqual([kept, kept]);
      }),
    );
  });
});

function decode(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_, number, name) =>
    number ? String.fromCharCode(Number(number)) : (named[name] ?? "?"),
  );
}
