import { type Amount, minus, NOTHING, sign } from "../../model/money.ts";
import type { Advice, StatusRow } from "./result.ts";

/**
 * What a person could do about the costs, or should know, the most money first; what has no price comes last. Pure.
 * @param armed whether a record is armed, beside which a pause has to be asked for
 */
export function adviceOn(rows: readonly StatusRow[], armed: boolean): Advice[] {
  const beside = armed ? " --extend" : "";
  return rows
    .flatMap((row) => adviceOf(row, beside))
    .sort((a, b) => {
      if ((a.hour === undefined) !== (b.hour === undefined)) return a.hour === undefined ? 1 : -1;
      return sign(minus(b.hour ?? NOTHING, a.hour ?? NOTHING)) || (a.row.target.arn < b.row.target.arn ? -1 : 1);
    });
}

function adviceOf(row: StatusRow, beside: string): Advice[] {
  const { state, facts, idle, owned, target } = row;
  if (idle?.kind === "idle" && state === "running" && !owned) {
    const command = `evenkeel pause --type ${facts.short} --region ${target.region} --id ${target.id}${beside}`;
    return [{ kind: "pause idle", row, ...costing(row, "net"), says: `idle (${idle.says}): pause it`, command }];
  }
  if (idle?.kind === "idle" && facts.noStop)
    return [{ kind: "remove idle", row, ...costing(row, "gross"), says: `idle (${idle.says}): ${facts.noStop}` }];
  const goesOn = state === "paused" && row.money && (sign(row.money.gross) > 0 || row.money.unpriced.length > 0);
  const what = facts.pause?.keepsCosting ?? [];
  if (goesOn) {
    const says = ["paused, and goes on costing", ...(what.length > 0 ? [`: ${what.join(", ")}`] : [])].join("");
    return [{ kind: "paused, still costs", row, ...costing(row, "gross"), says }];
  }
  return [];
}

/** Nothing where none of it has a price: zero would be a lie. */
function costing({ money }: StatusRow, which: "gross" | "net"): { readonly hour?: Amount } {
  return money && money.parts.length > 0 ? { hour: money[which] } : {};
}
