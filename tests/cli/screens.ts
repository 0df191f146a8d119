/** The screens of docs/brake.md: taken in a real terminal by brake.test.ts, which fails when the page is not fresh. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PAGE = fileURLToPath(new URL("../../docs/brake.md", import.meta.url));

interface Screen {
  readonly title: string;
  readonly says: string;
  readonly text: string;
}

/** Ids and times are another's each time. */
function steady(text: string, home: string): string {
  return text
    .replaceAll(home, "/home/ada")
    .replace(
      /On-demand list prices, read from AWS[\s\S]*?looked\s+at\./g,
      "On-demand list prices, read from AWS 2026-01-13 11:00 UTC.",
    )
    .replace(
      /Prices: AWS Price List API, on-demand, read[\s\S]*?looked\s+at\./g,
      "Prices: AWS Price List API, on-demand, read 2026-01-13 11:00 UTC.",
    )
    .replace(/\b\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, "2026-01-13 11:00 UTC")
    .replace(/\b(r|p|pause|resume)-[0-9a-f]{12}\b/g, "$1-0123456789ab")
    .replace(/took \d+(\.\d+)? s/g, "took 1 s")
    .replace(/(just now|\d+ (second|minute)s? ago)/g, "just now")
    .replace(/^\[\d+\] \$ ?/gm, "$$ ")
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/\n\$$/, "");
}

/** Keeps screens until all are there. */
export function screens(home: string): {
  keep(title: string, says: string, text: string): void;
  /** What the page must be, and what it is. With EVENKEEL_UPDATE_SCREENS=1 the page is written first. */
  compare(): { readonly wanted: string; readonly found: string };
} {
  const kept: Screen[] = [];
  return {
    keep: (title, says, text) => void kept.push({ title, says, text: steady(text, home) }),
    compare: () => {
      const sections = kept.map(({ title, says, text }) => `## ${title}\n\n${says}\n\n\`\`\`text\n${text}\n\`\`\`\n`);
      const wanted = [INTRODUCTION, ...sections].join("\n");
      if (process.env.EVENKEEL_UPDATE_SCREENS === "1") writeFileSync(PAGE, wanted);
      return { wanted, found: readFileSync(PAGE, "utf8") };
    },
  };
}

const INTRODUCTION = `<!-- Taken in a terminal by tests/cli/brake.test.ts. Do not edit: EVENKEEL_UPDATE_SCREENS=1 npx vitest run tests/cli/brake.test.ts -->
# The emergency brake

\`aws-hit-breaks\` (or \`evenkeel brake\`) stops what costs money, saving first what was there; \`aws-hit-breaks --resume\` puts it back.
Esc or Ctrl-C at any question changes nothing.
Ctrl-C while it pauses finishes what is in flight and says how to go on; a second one stops at once, and \`--resume\` works all the same.
Without a terminal, \`aws-hit-breaks --yes --region REGION\` pauses everything there that can come back.

What follows are the screens of a first run, on the simulated account that ships with Evenkeel.
`;
