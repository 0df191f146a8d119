import { painter } from "../../io/colour.ts";
import { rate } from "../../model/money.ts";
import type { Advice, StatusResult } from "../../verbs/status/result.ts";
import type { RenderOptions } from "../format.ts";
import { count } from "../humanise.ts";
import { hourlyPrice, price } from "../money.ts";
import { wrapLines } from "../wrap.ts";

/** The dearest come first, so what is left out matters least; JSON has them all. */
const SHOWN = 10;

const VERB: Readonly<Record<Advice["kind"], string>> = {
  "pause idle": "saves",
  "remove idle": "costs",
  "paused, still costs": "costs",
};

/** What could be done about the costs, each with its money and, where there is one, the command. */
export function adviceBlock({ advice, prices }: StatusResult, { colour, width }: RenderOptions): string {
  if (advice.length === 0) return "";
  const paint = painter(colour);
  const lines = advice.slice(0, SHOWN).map((each) => {
    const { row, says, command, hour } = each;
    const currency = prices?.currency;
    const money =
      hour === undefined || !currency
        ? ""
        : ` ${VERB[each.kind]} ${hourlyPrice(hour, currency)} an hour, ${price(rate(hour).month, currency)} a month`;
    const { name, id, region } = row.target;
    const what = wrapLines(
      `  ${paint("bold", name ?? id)} (${row.facts.title}, ${region})${money}\n    ${says}\n`,
      width,
    );
    return command ? `${what}    ${paint("accent", command)}\n` : what;
  });
  const more = advice.length - SHOWN;
  return [
    `${paint("bold", "What could be done")}\n`,
    ...lines,
    ...(more > 0 ? [`  and ${count(more)} more, of less money: --output json has them all\n`] : []),
  ].join("");
}
