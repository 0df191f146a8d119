import type { Kept, Plan, Step } from "../model/plan.ts";
import type { Report } from "../report/format.ts";
import { countOf } from "../report/humanise.ts";
import { hourlyPrice, moneyLines } from "../report/money.ts";
import { type Column, renderTable } from "../report/table.ts";
import { wrapLines } from "../report/wrap.ts";

/** A plan for people and machines: the steps in their order, and what was considered and left, each with its reason. */
export function planReport(plan: Plan): Report {
  return {
    text: (options) => {
      const steps = renderTable(
        [
          { title: "STAGE", value: ({ stage }: Step) => String(Math.abs(stage) + 1), align: "right" },
          { title: "REGION", value: ({ target }: Step) => target.region },
          { title: "WHAT", value: ({ says }: Step) => says },
          ...moneyColumn<Step>(plan, plan.verb === "resume" ? "COSTS/H" : "SAVES/H", "net"),
          { title: "LOSES", value: ({ loses }: Step) => loses.join(", ") },
        ],
        plan.steps,
        options,
      );
      const kept = renderTable(
        [
          { title: "REGION", value: ({ target }: Kept) => target.region },
          { title: "KEPT", value: ({ target }: Kept) => `${target.type} ${target.name ?? target.id}` },
          ...(plan.verb === "resume" ? [] : moneyColumn<Kept>(plan, "COSTS/H", "remains")),
          { title: "BECAUSE", value: ({ reason }: Kept) => reason },
        ],
        plan.kept,
        options,
      );
      const head = `Plan ${plan.id}: ${plan.verb} ${countOf(plan.steps.length, "resource")} of account ${plan.account}, ${countOf(plan.kept.length, "resource")} kept\n`;
      return [
        wrapLines(head, options.width),
        plan.steps.length > 0 ? steps : "",
        wrapLines(risksText(plan), options.width),
        plan.kept.length > 0 ? kept : "",
        wrapLines(moneyText(plan), options.width),
      ]
        .filter((part) => part !== "")
        .join("\n");
    },
    data: () => ({ changes: plan.steps.length, plan }),
    csv: {
      titles: ["step", "operation", "type", "id", "region", "stage", "says", "reason", ...MONEY_TITLES],
      records: () => [
        ...plan.steps.map((step) => [
          step.id,
          step.operation,
          step.target.type,
          step.target.id,
          step.target.region,
          step.stage,
          step.says,
          step.reason,
          ...moneyCells(step),
        ]),
        ...plan.kept.map((kept) => [
          "",
          "kept",
          kept.target.type,
          kept.target.id,
          kept.target.region,
          "",
          "",
          kept.reason,
          ...moneyCells(kept),
        ]),
      ],
    },
  };
}

type WithMoney = Pick<Step, "money">;

/** A plan without prices has no column of them. A part without a price leaves a mark, so that a sum is not taken for all. */
function moneyColumn<T extends WithMoney>(
  { money: total }: Plan,
  title: string,
  which: "net" | "remains",
): Column<T>[] {
  if (!total) return [];
  const value = ({ money }: T) => {
    if (!money) return "?";
    if (money.countedWith) return `with ${money.countedWith}`;
    const open = money.unpriced.some(({ stops }) => which === "remains" || stops);
    if (open && money.parts.length === 0) return "?";
    return `${hourlyPrice(money[which], money.currency)}${open ? " + ?" : ""}`;
  };
  return [{ title, value, align: "right" }];
}

const MONEY_TITLES = [
  "currency",
  "gross_hour",
  "remains_hour",
  "net_hour",
  "prices_of",
  "unpriced",
  "covered_by",
  "counted_with",
];

/** The exact amounts; a resource none of whose parts has a price has none, rather than zero. */
function moneyCells({ money }: WithMoney): (string | undefined)[] {
  if (!money) return MONEY_TITLES.map(() => undefined);
  const known = money.countedWith === undefined && (money.parts.length > 0 || money.unpriced.length === 0);
  const dates = money.parts.map(({ price }) => price.fetchedAt).sort();
  return [
    money.currency,
    ...[money.gross, money.remains, money.net].map((each) => (known ? each : undefined)),
    dates[0],
    money.unpriced.map(({ part, of, reason }) => `${part}${of ? ` of ${of}` : ""}: ${reason}`).join("; "),
    money.coveredBy,
    money.countedWith,
  ];
}

/** The sums, what may be paid for anyhow, and what has no price, each reason once with how many parts it is said of. */
function moneyText({ money, steps, kept, verb }: Plan): string {
  if (!money) return "";
  const all = [...steps, ...kept].flatMap((each) => each.money ?? []);
  const reasons = counted(all.flatMap(({ unpriced }) => unpriced.map(({ part, reason }) => `${part}: ${reason}`)));
  const covered = counted(all.flatMap(({ coveredBy }) => coveredBy ?? []));
  const block = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? `${title}\n${lines.map((line) => `  ${line}\n`).join("")}` : "";
  return [
    `${moneyLines(money, verb).join("\n")}\n`,
    block("Paid for by reservations, it may be:", covered),
    block("Without a price:", reasons),
  ].join("");
}

/** What may go wrong on the way back, each sentence once, with how many resources it is said of. */
function risksText({ steps }: Plan): string {
  const risks = counted(
    steps.flatMap((step) => (step.operation === "pause" ? step.risks : [])),
    "resources",
  );
  if (risks.length === 0) return "";
  return `What may happen meanwhile or on the way back:\n${risks.map((line) => `  ${line}\n`).join("")}`;
}

/** Each text once, in the order of its first time, with how often where that is more than once. */
function counted(texts: readonly string[], noun = "times"): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, times]) => `${text}${times > 1 ? ` (${times} ${noun})` : ""}`);
}
