/**
 * Writes src/catalog/registry.ts from the folder of entries. `--check` fails instead when the file is not fresh.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../src/catalog/", import.meta.url));
const target = `${root}registry.ts`;

const entries = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith(".facts.ts"))
  .map((file) => file.replace(/\.facts\.ts$/, ""))
  .sort();

const nameOf = (entry: string) => entry.replace(/[/-](\w)/g, (_, letter: string) => letter.toUpperCase());

const text = `// Generated from the folders beside it by \`npm run generate\`. Do not edit.
import type { ResourceType } from "../model/resource.ts";
import type { Entry, Facts } from "./contract.ts";
${entries.map((entry) => `import { facts as ${nameOf(entry)} } from "./${entry}.facts.ts";`).join("\n")}

/** The facts of every type that Evenkeel knows. */
export const FACTS: readonly Facts[] = [
${entries.map((entry) => `  ${nameOf(entry)},`).join("\n")}
];

const LOADERS: Readonly<Record<string, () => Promise<{ default: Entry }>>> = {
${entries.map((entry) => `  [${nameOf(entry)}.type]: () => import("./${entry}.ts"),`).join("\n")}
};

const BY_TYPE: ReadonlyMap<string, Facts> = new Map(FACTS.map((facts) => [facts.type, facts]));

export function factsOf(type: string): Facts | undefined {
  return BY_TYPE.get(type);
}

/** The behaviour of a type; loads its SDK client. */
export async function loadEntry(type: ResourceType): Promise<Entry> {
  const load = LOADERS[type];
  if (!load) throw new TypeError(\`no entry for \${type}\`);
  return (await load()).default;
}
`;

if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) {
    process.stderr.write("src/catalog/registry.ts is not fresh: run `npm run generate`\n");
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
