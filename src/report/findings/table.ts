import { rate } from "../../model/money.ts";
import type { Finding, FindingsResult } from "../../verbs/findings/result.ts";
import type { RenderOptions } from "../format.ts";
import { hourlyPrice, price } from "../money.ts";
import { type Column, renderTable } from "../table.ts";

/** From here on the region has room, if other texts are cut. */
const WIDE = 110;

/** Where a rule has found several. */
const TYPE: Column<Finding> = { title: "TYPE", value: ({ facts }) => facts.short, min: 10 };

/** The findings of a rule, one line each. Where the terminal is narrow the hour goes first, then the region. */
export function findingsTable(
  findings: readonly Finding[],
  prices: FindingsResult["prices"],
  options: RenderOptions,
): string {
  const { width = Number.POSITIVE_INFINITY } = options;
  const types = new Set(findings.map(({ target }) => target.type));
  const columns: Column<Finding>[] = [
    ...(types.size > 1 ? [TYPE] : []),
    { title: "NAME", value: ({ target }) => target.name ?? lastPart(target.id), min: 12 },
    { title: "REGION", value: ({ target }) => target.region, ...(width < WIDE ? { spare: 2 } : {}) },
    ...(prices ? moneyColumns(prices.currency) : []),
    { title: "WHY", value: ({ reason }) => reason, min: 20 },
  ];
  return renderTable(columns, findings, options);
}

/** An ARN's or a path's end is what tells it from its neighbours. */
function lastPart(id: string): string {
  return id.startsWith("arn:") ? (id.split(/[:/]/).at(-1) ?? id) : id;
}

function moneyColumns(currency: NonNullable<FindingsResult["prices"]>["currency"]): Column<Finding>[] {
  const cell = (shown: (hour: NonNullable<NonNullable<Finding["money"]>["hour"]>) => string) => (finding: Finding) => {
    const { money } = finding;
    if (!money) return "";
    return money.hour === undefined ? "?" : `${shown(money.hour)}${money.unpriced.length > 0 ? " + ?" : ""}`;
  };
  return [
    { title: "AN HOUR", align: "right", value: cell((hour) => hourlyPrice(hour, currency)), spare: 1 },
    { title: "A MONTH", align: "right", value: cell((hour) => price(rate(hour).month, currency)), whole: true },
  ];
}
