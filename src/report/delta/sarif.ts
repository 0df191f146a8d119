import type { Log, Notification, Result, Run } from "sarif";
import { sha256 } from "../../model/canonical.ts";
import type { CoverageCell } from "../../model/coverage.ts";
import { type Change, type PropertyChange, subject } from "../../model/delta.ts";
import type { DeltaResult } from "../../verbs/delta/result.ts";
import { categoriesOf } from "./gravity.ts";
import { propertiesOf } from "./item.ts";
import { categoryRule, kindRule, RULE_IDS, RULES, type RuleId } from "./sarif-rules.ts";
import { shortValues } from "./value.ts";
import { shortType } from "./wording.ts";

/** A delta as SARIF 2.1.0, for code scanning and whatever else reads findings of tools. */
export function renderDeltaSarif(result: DeltaResult): string {
  const run: Run = {
    tool: { driver: { name: "evenkeel", rules: RULE_IDS.map((id) => ({ id, ...RULES[id] })) } },
    automationDetails: { id: `evenkeel/delta/${result.account}/` },
    // What was not seen is a fault of the run, not a finding about a resource.
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: result.unseen.map(notification) }],
    columnKind: "utf16CodeUnits",
    properties: {
      account: result.account,
      before: result.before,
      after: result.after,
      counts: result.counts,
      unchanged: result.unchanged,
    },
    results: result.changes.flatMap(findings),
  };
  const log: Log = { version: "2.1.0", $schema: "https://json.schemastore.org/sarif-2.1.0.json", runs: [run] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** One result a modified resource and category, so that each gets its own level; one for everything else. */
function findings(change: Change): Result[] {
  if (change.kind !== "modified") return [finding(kindRule(change), change, propertiesOf(change))];
  const controlled = change.properties.filter((property) => property.controlledBy !== undefined);
  const own = change.properties.filter((property) => property.controlledBy === undefined);
  const results = categoriesOf(own).map((category) =>
    finding(
      categoryRule(category),
      change,
      own.filter((property) => property.category === category),
    ),
  );
  return controlled.length > 0 ? [...results, finding("evenkeel/controller-owned", change, controlled)] : results;
}

function finding(ruleId: RuleId, change: Change, properties: readonly PropertyChange[]): Result {
  const { type, id, name, region, arn, createdAt } = subject(change);
  return {
    ruleId,
    ruleIndex: RULE_IDS.indexOf(ruleId),
    level: RULES[ruleId].defaultConfiguration.level,
    message: { text: message(change, properties) },
    locations: [{ logicalLocations: [{ name: name ?? id, fullyQualifiedName: arn, kind: "resource" }] }],
    // The same change in a later run has the same print: what it is about, never what the values are.
    partialFingerprints: {
      "evenkeelChange/v1": sha256([ruleId, type, arn, ...properties.map(({ path }) => path).sort()].join("\0")),
    },
    properties: {
      type,
      id,
      region,
      kind: change.kind,
      ...(createdAt === undefined ? {} : { createdAt }),
      changes: properties,
    },
  };
}

function message(change: Change, properties: readonly PropertyChange[]): string {
  const { type, id, name, region } = subject(change);
  const who = `${shortType(type)} ${name === undefined || name === id ? id : `${id} (${name})`} in ${region}`;
  if (change.kind === "unknown") return `${who}: nothing can be said: ${change.reason}`;
  const lines = properties.map(({ path, before, after, controlledBy }) => {
    const short = shortValues(before, after, 200);
    return `${path}: ${short.before} -> ${short.after}${controlledBy === undefined ? "" : ` (may be moved by ${controlledBy})`}`;
  });
  return [`${who} was ${change.kind}`, ...lines].join("\n");
}

function notification(cell: CoverageCell): Notification {
  const missing = cell.action === undefined ? "" : `; missing permission: ${cell.action}`;
  return {
    level: "warning",
    descriptor: { id: "evenkeel/not-seen" },
    message: {
      text: `${shortType(cell.type)} in ${cell.region} was not completely seen (${cell.status}): ${cell.reason ?? "no reason told"}${missing}`,
    },
  };
}
