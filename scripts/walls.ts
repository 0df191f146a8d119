/**
 * Checks the walls between the layers (.dependency-cruiser.cjs), and that there was something to check: a compiler that the
 * cruiser can't use makes it cruise nothing and pass.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

/** Fewer modules than this means that the cruiser did not see the project. */
const AT_LEAST = 100;

const root = fileURLToPath(new URL("..", import.meta.url));
const cruiser = `${root}node_modules/.bin/depcruise`;
let text: string;
try {
  text = execFileSync(cruiser, ["src", "--output-type", "json"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
} catch (error) {
  // It exits with the number of violations, having printed them.
  text = (error as { stdout: string }).stdout;
}
const { totalCruised, violations } = (JSON.parse(text) as Cruise).summary;
for (const { from, to, rule } of violations) process.stderr.write(`${rule.name}: ${from} -> ${to}\n`);
process.stderr.write(`${totalCruised} modules cruised, ${violations.length} through a wall\n`);
process.exit(violations.length > 0 || totalCruised < AT_LEAST ? 1 : 0);
