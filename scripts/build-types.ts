/** Writes dist/cdk/types: the declarations of what `evenkeel/cdk` exports, and of what those name. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = resolve(process.argv[2] ?? join(root, "dist"), "cdk/types");
const made = mkdtempSync(join(tmpdir(), "evenkeel-types-"));
const { peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly peerDependencies: Readonly<Record<string, string>>;
};
const BARE = /import (?:type )?\{ ([^}]+) \} from "((?:@[^/"]+\/)?[^./"][^/"]*)[^"]*";/g;
const RELATIVE = /(from |import\()"(\.[^"]*)\.[tj]s"/g;

try {
  const tsc = join(root, "node_modules/.bin/tsc");
  execFileSync(tsc, ["-p", join(root, "tsconfig.types.json"), "--outDir", made], { stdio: "inherit" });
  const taken = new Set<string>();
  const take = (file: string) => {
    if (taken.has(file)) return;
    taken.add(file);
    const text = readFileSync(`${file}.d.ts`, "utf8");
    // In declarations a path that ends with .js is understood by every compiler.
    const written = text.replace(RELATIVE, (_, before: string, path: string) => `${before}"${path}.js"`);
    writeFileSync(`${file}.d.ts`, written.replace(BARE, standIn));
    for (const [, , path = ""] of text.matchAll(RELATIVE)) take(resolve(dirname(file), path));
  };
  take(join(made, "cdk/index"));
  rmSync(target, { recursive: true, force: true });
  for (const file of taken) cpSync(`${file}.d.ts`, `${join(target, relative(made, file))}.d.ts`);
  process.stdout.write(`${relative(process.cwd(), target)}: ${taken.size} files\n`);
} finally {
  rmSync(made, { recursive: true, force: true });
}

/** Whoever installs the package has its peers and nothing else; what other packages declare no construct shows. */
function standIn(statement: string, names: string, from: string): string {
  if (from in peerDependencies) return statement;
  return names
    .split(",")
    .map((name) => `interface ${name.trim()} {}`)
    .join("\n");
}
