import { painter, type Style } from "../io/colour.ts";
import type { Symbols } from "../io/screen.ts";
import type { Report } from "./format.ts";

interface CheckRow {
  readonly name: string;
  readonly status: "ok" | "warn" | "fail";
  readonly text: string;
  readonly todo?: string;
}

const STYLE: Readonly<Record<CheckRow["status"], Style>> = { ok: "good", warn: "warning", fail: "bad" };

/** What the doctor found: one line a check, and below it what to do. */
export function checksReport(checks: readonly CheckRow[], exit: number, signs: Symbols): Report {
  const sign = { ok: signs.good, warn: signs.warning, fail: signs.bad };
  return {
    text: ({ colour }) => {
      const paint = painter(colour);
      return checks
        .map(({ name, status, text, todo }) =>
          [
            `${paint(STYLE[status], sign[status])} ${paint("bold", name)}: ${text}`,
            ...(todo ? [`  ${paint("accent", "What to do:")} ${todo}`] : []),
          ].join("\n"),
        )
        .join("\n")
        .concat("\n");
    },
    data: () => ({ healthy: exit === 0, exitCode: exit, checks }),
    csv: {
      titles: ["name", "status", "text", "todo"],
      records: () => checks.map(({ name, status, text, todo }) => [name, status, text, todo]),
    },
  };
}
