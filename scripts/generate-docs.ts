/**
 * Writes the tables in docs/ that come from data in the code: docs/types.md from the catalog's facts, docs/exit-codes.md
 * from the error table, docs/verbs.md from the commands, docs/plan.schema.json from the schema of plans. `--check` fails instead when one is not fresh.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { FACTS } from "../src/catalog/registry.ts";
import type { CommandGroup } from "../src/cli/command.ts";
import { ROOT } from "../src/cli/commands.ts";
import { helpPage } from "../src/cli/help.ts";
import { ERRORS, EXIT_MEANING } from "../src/model/errors.ts";
import { planJsonSchema } from "../src/model/plan-schema.ts";

const docs = fileURLToPath(new URL("../docs/", import.meta.url));
const NOTE = "<!-- Generated from the code by `npm run generate`. Do not edit. -->";

function row(...cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

const ticked = (texts: readonly string[]) => texts.map((text) => `\`${text}\``).join(", ");

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

let stale = 0;
for (const [name, text] of [
  ["types.md", types],
  ["exit-codes.md", exits],
  ["verbs.md", verbs],
  ["plan.schema.json", `${JSON.stringify(planJsonSchema(), undefined, 2)}\n`],
] as const) {
  if (!process.argv.includes("--check")) writeFileSync(`${docs}${name}`, text);
  else if (readFileSync(`${docs}${name}`, "utf8") !== text) {
    process.stderr.write(`docs/${name} is not fresh: run \`npm run generate\`\n`);
    stale += 1;
  }
}
process.exit(stale > 0 ? 1 : 0);
