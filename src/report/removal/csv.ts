import type { Report } from "../format.ts";
import { MONEY_TITLES, moneyCells } from "../plan-money.ts";
import type { RemovalReport } from "./model.ts";
import { doneText } from "./wording.ts";

/** One record a resource: what is to go (or went, or did not), what goes along with it, and what is kept. */
export function removalCsv({ items, kept }: RemovalReport): Report["csv"] {
  return {
    titles: [
      "outcome",
      "order",
      "type",
      "id",
      "name",
      "region",
      "arn",
      "what",
      "reason",
      "because",
      "waits_for",
      "goes_with",
      "loses",
      "backup",
      "backup_state",
      ...MONEY_TITLES,
    ],
    records: () => [
      ...items.flatMap((item) => {
        const { target, fate, order, why, because, waitsFor, takes, loses, backup } = item;
        const { type, id, name, region, arn } = target;
        const own = [
          fate,
          order,
          type,
          id,
          name,
          region,
          arn,
          doneText(item),
          why,
          because,
          waitsFor.map((each) => each.arn).join(" "),
          "",
          loses.join("; "),
          backup?.name,
          backup?.state,
          ...moneyCells(item),
        ];
        const along = takes.map((each) => [
          fate,
          order,
          each.type,
          each.id,
          each.name,
          each.region,
          each.arn,
          "goes along",
          why,
          because,
          "",
          arn,
          "",
          "",
          "",
          ...moneyCells({}),
        ]);
        return [own, ...along];
      }),
      ...kept.map(({ target: { type, id, name, region, arn }, reason, money }) => [
        "kept",
        "",
        type,
        id,
        name,
        region,
        arn,
        "",
        "",
        reason,
        "",
        "",
        "",
        "",
        "",
        ...moneyCells(money ? { money } : {}),
      ]),
    ],
  };
}
