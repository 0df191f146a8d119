import { subject } from "../../model/delta.ts";
import type { Target } from "../../model/plan.ts";
import { shortType, UNSEEN_MEANING } from "../delta/wording.ts";
import { moneyCell } from "../plan-money.ts";
import { isDone, type RemovalItem, type RemovalReport } from "./model.ts";
import { alongText, commonReason, doneText, nameOf, namesOf, planTitle } from "./wording.ts";

/** A titled table of plain texts, some with line feeds: what pages and comments are made of. */
export interface Sheet {
  readonly id: string;
  readonly title: string;
  readonly meaning: string;
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

type Cells = Readonly<Record<string, string>>;

/** Everything that a removal has to tell, list by list; what is empty is left out, columns and lists. */
export function sheetsOf(report: RemovalReport): Sheet[] {
  const { done, items } = report;
  const lists = done
    ? [
        sheet(
          "undone",
          "Not done",
          "What was to go and is still there.",
          items.filter((item) => !isDone(item)).map(undoneRow),
        ),
        sheet(
          "removed",
          "Done",
          "In the order in which it went.",
          items.filter(isDone).map((item) => itemRow(item, report)),
        ),
      ]
    : [
        sheet(
          "plan",
          planTitle(report),
          ORDER_MEANING,
          items.map((item) => itemRow(item, report)),
        ),
      ];
  const { kept, unseen } = report;
  return [
    ...lists,
    sheet(
      "kept",
      "Kept",
      "What was looked at and stays.",
      kept.map((each) => ({
        ...place(each.target),
        because: each.reason,
        "costs an hour": moneyCell(each, "remains"),
      })),
    ),
    backupsSheet(report),
    deltaSheet(report),
    sheet(
      "unseen",
      "Not completely seen",
      UNSEEN_MEANING,
      unseen.map(({ type, region, status, action = "", reason = "" }) => {
        return { type: shortType(type), region, status, "missing permission": action, reason };
      }),
    ),
  ].filter(({ rows }) => rows.length > 0);
}

export const ORDER_MEANING = "In this order, each as soon as what it waits for is gone.";

/** Copies that outlive what they are of. */
export function backupsSheet({ items, done }: RemovalReport): Sheet {
  const backups = items.flatMap(({ backup }) => backup ?? []);
  return sheet(
    "backups",
    "Backups",
    done ? "They stay and cost until somebody deletes them." : "They will stay and cost until somebody deletes them.",
    backups.map(({ kind, name, of, state }) => {
      return { kind: kind.replace(/^an? /, ""), name, of: nameOf(of), region: of.region, state: done ? state : "" };
    }),
  );
}

/** What differs from the baseline: after a run all of it; beside a plan what it does not undo. */
export function deltaSheet({ delta, done }: RemovalReport): Sheet {
  const changes = delta?.changes.filter(({ kind }) => done || kind !== "added") ?? [];
  return sheet(
    "delta",
    done ? "Differs now" : "Differs otherwise",
    done
      ? "From the baseline, in a scan after all was done."
      : "From the baseline, and is left as it is: configuration is not rolled back.",
    changes.map((change) => {
      return {
        change: change.kind,
        ...place(subject(change)),
        because: change.kind === "unknown" ? change.reason : "",
      };
    }),
  );
}

function itemRow(item: RemovalItem, report: RemovalReport): Cells {
  const { target, order, isQuarantined, takes, waitsFor, loses, why, holdsData, fate } = item;
  const lines = [
    `${doneText(item)}${fate === "gone" ? " (was done already)" : ""}`,
    ...(holdsData && !isQuarantined ? ["holds data"] : []),
    ...loses.map((each) => `loses ${each}`),
    ...(takes.length > 0 ? [`${isQuarantined ? "later takes" : "takes"} along ${alongText(takes)}`] : []),
    ...(waitsFor.length > 0 && !report.done ? [`waits for ${namesOf(waitsFor)}`] : []),
  ];
  return {
    order: String(order),
    ...place(target),
    what: lines.join("\n"),
    because: commonReason(report) === undefined ? why : "",
    "saves an hour": moneyCell(item, "net"),
  };
}

function undoneRow({ target, fate, because = "" }: RemovalItem): Cells {
  return { ...place(target), outcome: fate, because };
}

function place(target: Target | { type: Target["type"]; id: string; name?: string; region: Target["region"] }): Cells {
  const { type, region } = target;
  return { type: shortType(type), resource: nameOf(target as Target), region };
}

/** All rows have the same columns; those in which nothing stands, or nothing but `?`, are left out. */
function sheet(id: string, title: string, meaning: string, rows: readonly Cells[]): Sheet {
  const titles = Object.keys(rows[0] ?? {}).filter((each) => rows.some((row) => row[each] !== "" && row[each] !== "?"));
  return { id, title, meaning, titles, rows: rows.map((row) => titles.map((each) => row[each] ?? "")) };
}
