/**
 * Writes the tables in docs/ that come from data in the code: docs/types.md from the catalog's facts, docs/exit-codes.md
 * from the error table, docs/verbs.md from the commands, docs/plan.schema.json and docs/policies.schema.json from
 * the schemas of plans and policies, the tables of docs/shed-simulation.md from simulations, the one in docs/shed.md from the
 * parameters of shedding, the one in docs/serverless.md from the constructs' props, the one in
 * docs/findings.md from the rules. `--check` fails instead when one is not fresh.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Facts, RemovalFacts } from "../src/catalog/contract.ts";
import { FACTS } from "../src/catalog/registry.ts";
import type { CommandGroup } from "../src/cli/command.ts";
import { ROOT } from "../src/cli/commands.ts";
import { helpPage } from "../src/cli/help.ts";
import { ERRORS, EXIT_MEANING } from "../src/model/errors.ts";
import { planJsonSchema } from "../src/model/plan-schema.ts";
import { callsOf, typesRead } from "../src/verbs/findings/needs.ts";
import { RULES } from "../src/verbs/findings/registry.ts";
import type { FindingRule } from "../src/verbs/findings/rule.ts";
import { policiesJsonSchema } from "../src/verbs/reap/policies-schema.ts";
import { PARAMETER_NAMES, type ParameterName, parameter } from "../src/verbs/shed/parameters.ts";
import { formOf } from "../src/verbs/shed/settings.ts";
import { removalOrder } from "../src/verbs/types/removal-order.ts";
import { propsTable } from "./cdk-props.ts";
import { shapeList, shedComparison } from "./shed-comparison.ts";

const docs = fileURLToPath(new URL("../docs/", import.meta.url));
const NOTE = "<!-- Generated from the code by `npm run generate`. Do not edit. -->";

function row(...cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

const ticked = (texts: readonly string[]) => texts.map((text) => `\`${text}\``).join(", ");

function removalRow({ short, type }: Facts, removal: RemovalFacts): string {
  const { how, loses, holdsData, backup, preparations = {}, patienceMinutes } = removal;
  const { before, goesWith } = removalOrder(type);
  const first = Object.entries(preparations).map(([name, { how: done }]) => `\`${name}\`: ${done}`);
  const cells = [how, loses.join("; "), holdsData ? "yes" : "", backup ?? "", first.join("; ")];
  return row(`\`${short}\``, ...cells, ticked(before), ticked(goesWith), `${patienceMinutes} min`);
}

const types = `${NOTE}
# Resource types

${FACTS.length} types. \`evenkeel types\` shows the same.
*Secret* and *volatile* name properties: secret ones are stored as a keyed hash, volatile ones not at all.

${row("type", "short name", "group", "scope", "IAM actions to list", "secret", "volatile")}
${row("---", "---", "---", "---", "---", "---", "---")}
${FACTS.map((facts) =>
  row(
    `[${facts.type}](${facts.sources[0]})`,
    `\`${facts.short}\``,
    facts.group,
    facts.scope,
    ticked(facts.iam.list),
    ticked(facts.secret) || "none",
    ticked(facts.volatile) || "none",
  ),
).join("\n")}

## How they are removed

By \`evenkeel restore\` and \`evenkeel reap\`. *Data*: a type that holds data is removed only where \`--allow-data\` names it.
*Copy*: what is kept of its data, unless \`--no-backup\` names the type. *First*: what is done to it before, where it needs that;
\`unprotect\` only where \`--override-protection\` names the type.
*After*: what goes before it, where that has to do with it; what stays keeps it. *With*: what it goes along with, where it belongs to one.
\`evenkeel iam policy --verb restore --type TYPE\` prints the IAM actions.

${row("short name", "how", "lost for good", "data", "copy", "first", "after", "with", "patience")}
${row("---", "---", "---", "---", "---", "---", "---", "---", "---")}
${FACTS.flatMap((facts: Facts) => (facts.removal ? [removalRow(facts, facts.removal)] : [])).join("\n")}

Never removed: ${ticked(FACTS.filter((facts: Facts) => !facts.removal).map(({ short }) => short)) || "none"}.

## Said of AWS's own objects

${FACTS.filter((facts) => facts.defaults)
  .map((facts) => `- \`${facts.short}\`: ${facts.defaults}`)
  .join("\n")}
`;

const codes = Object.entries(ERRORS).map(([code, fact]) => ({ code, ...fact }));

const exits = `${NOTE}
# Exit codes

${row("code", "meaning", "errors")}
${row("---", "---", "---")}
${Object.entries(EXIT_MEANING)
  .map(([exit, meaning]) => {
    const errors = codes.filter((fact) => fact.exit === Number(exit)).map(({ code }) => code);
    return row(exit, meaning, ticked(errors));
  })
  .join("\n")}
`;

/** Every command's words: `["snapshot", "create"]`. */
function commandWords(group: CommandGroup): string[][] {
  return Object.entries(group.commands).flatMap(([name, each]) => {
    if (each.kind === "group") return commandWords(each).map((words) => [name, ...words]);
    return each.hidden ? [] : [[name]];
  });
}

const verbs = `${NOTE}
# Commands

${commandWords(ROOT)
  .map(
    (words) => `## evenkeel ${words.join(" ")}\n\n\`\`\`text\n${helpPage([...words, "--help"], ROOT)?.trim()}\n\`\`\``,
  )
  .join("\n\n")}
`;

/** A page that people write, with what stands between two marks made anew. */
function withParts(name: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce(
    (text, [part, made]) => {
      const mark = `<!-- Generated by \`npm run generate\`: ${part} -->`;
      const [before = "", after] = text.split(mark);
      const end = after?.indexOf("<!-- End -->") ?? -1;
      if (after === undefined || end < 0) throw new Error(`docs/${name} has lost the marks of its part "${part}"`);
      return `${before}${mark}\n${made}\n${after.slice(end)}`;
    },
    readFileSync(`${docs}${name}`, "utf8"),
  );
}

function parameterRow(name: ParameterName): string {
  const fact = parameter(name);
  const { usual, otherwise, isRequired } = { usual: undefined, ...fact };
  return row(
    `\`${name}\``,
    `\`${fact.env}\``,
    fact.brief,
    formOf(fact),
    isRequired ? "required" : usual === undefined ? (otherwise ?? "none") : `\`${usual}\``,
  );
}

const parameterTable = [
  row("name", "environment", "what it is", "range", "default"),
  row("---", "---", "---", "---", "---"),
  ...PARAMETER_NAMES.map(parameterRow),
].join("\n");

function findingRow(rule: FindingRule): string {
  const { id, finds, days, quietDays } = rule;
  const types = typesRead(rule);
  const actions = [...new Set([...types.flatMap(({ iam }) => iam.list), ...callsOf(rule)])].sort();
  const needs = [days && `${days} days`, quietDays && `${quietDays} quiet days`].filter(Boolean).join(", ");
  return row(`[${id}](findings/${id}.md)`, finds, needs, ticked(types.map(({ short }) => short)), ticked(actions));
}

const findingTable = [
  row("rule", "finds", "for how long", "reads", "IAM actions"),
  row("---", "---", "---", "---", "---"),
  ...RULES.map(findingRow),
].join("\n");

let stale = 0;
for (const [name, text] of [
  ["types.md", types],
  ["exit-codes.md", exits],
  ["verbs.md", verbs],
  ["shed-simulation.md", withParts("shed-simulation.md", { loads: shapeList(), comparison: shedComparison() })],
  ["findings.md", withParts("findings.md", { rules: findingTable })],
  ["shed.md", withParts("shed.md", { parameters: parameterTable })],
  ["serverless.md", withParts("serverless.md", { props: propsTable() })],
  ["plan.schema.json", `${JSON.stringify(planJsonSchema(), undefined, 2)}\n`],
  ["policies.schema.json", `${JSON.stringify(policiesJsonSchema(), undefined, 2)}\n`],
] as const) {
  if (!process.argv.includes("--check")) writeFileSync(`${docs}${name}`, text);
  else if (readFileSync(`${docs}${name}`, "utf8") !== text) {
    process.stderr.write(`docs/${name} is not fresh: run \`npm run generate\`\n`);
    stale += 1;
  }
}
process.exit(stale > 0 ? 1 : 0);
