import type { CoverageCell } from "../../model/coverage.ts";
import { type Change, type PropertyChange, subject } from "../../model/delta.ts";
import type { DeltaResult } from "../../verbs/delta/result.ts";
import { countOf } from "../humanise.ts";
import { categoriesOf } from "./gravity.ts";
import { propertiesOf } from "./item.ts";
import { valueText, visible } from "./value.ts";
import { earlierText, laterText, shortType } from "./wording.ts";
import { element, type XmlElement, xmlDocument } from "./xml.ts";

/**
 * A delta as a test report, so that CI shows drift where it shows failing tests: a suite a resource type, a failure a
 * change, an error for what can't be told, and the unchanged ones as one passing case.
 * Keeps to what Jenkins' junit-10 and Surefire's schema have in common.
 */
export function renderDeltaJunit(result: DeltaResult): string {
  const byType = new Map<string, Change[]>();
  for (const change of result.changes) {
    const { type } = subject(change);
    const known = byType.get(type);
    if (known) known.push(change);
    else byType.set(type, [change]);
  }
  const suites = [
    unchangedSuite(result),
    ...[...byType]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([type, changes]) => suite(shortType(type), changes.map(changeCase))),
    ...(result.unseen.length > 0 ? [suite("not completely seen", result.unseen.map(unseenCase))] : []),
  ];
  return xmlDocument(
    element(
      "testsuites",
      { name: "evenkeel delta", ...totals(suites), time: "0" },
      suites.map(({ xml }) => xml),
    ),
  );
}

interface Totals {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
}
interface Suite {
  readonly totals: Totals;
  readonly xml: XmlElement;
}

function suite(name: string, cases: readonly XmlElement[], before: readonly XmlElement[] = []): Suite {
  const having = (child: string) =>
    cases.filter(({ children }) => children.some((each) => typeof each !== "string" && each.name === child)).length;
  const totals = { tests: cases.length, failures: having("failure"), errors: having("error") };
  return {
    totals,
    xml: element("testsuite", { name: `evenkeel delta: ${name}`, ...totals, skipped: 0, time: "0" }, [
      ...before,
      ...cases,
    ]),
  };
}

function totals(suites: readonly Suite[]): Totals {
  const sum = (key: keyof Totals) => suites.reduce((total, each) => total + each.totals[key], 0);
  return { tests: sum("tests"), failures: sum("failures"), errors: sum("errors") };
}

function unchangedSuite(result: DeltaResult): Suite {
  const about = {
    account: result.account,
    before: earlierText(result),
    after: laterText(result),
    unchanged: result.unchanged,
  };
  const properties = element(
    "properties",
    {},
    Object.entries(about).map(([name, value]) => element("property", { name, value }, [])),
  );
  return suite(
    "unchanged",
    [testCase("unchanged", `${countOf(result.unchanged, "resource")} unchanged`, [])],
    [properties],
  );
}

function changeCase(change: Change): XmlElement {
  const { type, id, name, region, arn } = subject(change);
  const title = `${change.kind}: ${name === undefined || name === id ? id : `${id} (${name})`} in ${region}`;
  const outcome =
    change.kind === "unknown"
      ? element("error", { message: visible(change.reason), type: "unknown" }, [`${arn}\n${change.reason}`])
      : element("failure", { message: summary(change), type: change.kind }, [
          [arn, ...propertiesOf(change).map(line)].join("\n"),
        ]);
  return testCase(type, title, [outcome]);
}

function summary(change: Change): string {
  const properties = propertiesOf(change);
  if (properties.length === 0) return change.kind;
  return `${change.kind}: ${countOf(properties.length, "property", "properties")} (${categoriesOf(properties).join(", ")})`;
}

function line({ path, before, after, category, controlledBy }: PropertyChange): string {
  const value = (json: PropertyChange["before"]) => (json === undefined ? "(none)" : valueText(json) || '""');
  return `${path}: ${value(before)} -> ${value(after)} [${category}${controlledBy === undefined ? "" : `, may be moved by ${controlledBy}`}]`;
}

function unseenCase(cell: CoverageCell): XmlElement {
  const missing = cell.action === undefined ? "" : `; missing permission ${cell.action}`;
  const message = `${cell.status}: ${cell.reason ?? "no reason told"}${missing}`;
  return testCase(cell.type, `${shortType(cell.type)} in ${cell.region}`, [
    element("error", { message: visible(message), type: cell.status }, [message]),
  ]);
}

/** Jenkins groups by what stands before the last dot of the class name, so type names get dots. */
function testCase(type: string, name: string, children: readonly XmlElement[]): XmlElement {
  return element(
    "testcase",
    { classname: `evenkeel.delta.${type.replaceAll("::", ".")}`, name: visible(name), time: "0" },
    children,
  );
}
