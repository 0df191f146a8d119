import type { RenderOptions } from "../format.ts";
import { printable } from "../table.ts";
import { wrapLines } from "../wrap.ts";

/** Members of the log's lines that are told; what a line lacks is not. */
interface Line {
  readonly at?: string;
  readonly kind?: string;
  readonly generation?: number;
  readonly phase?: string;
  readonly degree?: { readonly level?: number };
  readonly why?: string;
  readonly caller?: string;
  readonly from?: { readonly user?: string; readonly host?: string };
  readonly step?: string;
  readonly outcome?: { readonly kind?: string; readonly reason?: string };
  readonly cause?: { readonly by?: string };
}

/** A listener's log for people, oldest first. */
export function logText(lines: readonly object[], { width }: RenderOptions): string {
  const told = lines.flatMap((line) => {
    const text = lineText(line as Line);
    return text === undefined ? [] : [`  ${printable((line as Line).at ?? "")}  ${printable(text)}\n`];
  });
  return told.length > 0 ? wrapLines(told.join(""), width) : "  nothing was ever done\n";
}

function lineText({
  kind,
  generation,
  phase,
  degree,
  why,
  cause,
  caller,
  from,
  step,
  outcome,
}: Line): string | undefined {
  switch (kind ?? "") {
    case "step":
      return `step ${generation}, by ${cause?.by ?? "?"}: ${phase} at ${degree?.level ?? "?"} %, as ${why}`;
    case "begin":
      return `writes as ${caller}, from ${from?.user ?? "?"} at ${from?.host ?? "?"}`;
    case "outcome":
      return `${step}: ${outcome?.kind}${outcome?.reason ? `, ${outcome.reason}` : ""}`;
    case "damaged":
      return "a damaged line";
    default:
      return undefined;
  }
}
