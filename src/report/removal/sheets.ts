import { subject } from "../../model/delta.ts";
import { shortType, UNSEEN_MEANING } from "../delta/wording.ts";
import { moneyCell } from "../plan-money.ts";
import { isDone, type RemovalItem, type RemovalReport } from "./model.ts";
import { besides, reapedSheet } from "./reaped.ts";
import { type Cells, place, type Sheet, sheet } from "./sheet.ts";
import { alongText, commonReason, doneText, nameOf, namesOf, restTitle } from "./wording.ts";

/** Everything that a removal has to tell, list by list; what is empty is left out, columns and lists. */
export function sheetsOf(report: RemovalReport): Sheet[] {
  const { done, items } = report;
  const rest = besides(report);
  const title = restTitle(report, rest.length < items.length);
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
          title,
          "In the order in which it went.",
          rest.filter(isDone).map((item) => itemRow(item, report)),
        ),
      ]
    : [
        sheet(
          "plan",
          title,
          ORDER_MEANING,
          rest.map((item) => itemRow(item, report)),
        ),
      ];
  const { kept, unseen } = report;
  return [
    reapedSheet(report),
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
  const { target, order, does, takes, waitsFor, loses, why, holdsData, fate } = item;
  const lines = [
    `${doneText(item)}${fate === "gone" ? " (was done already)" : ""}`,
    ...(holdsData && does === "remove" ? ["holds data"] : []),
    ...loses.map((each) => `loses ${each}`),
    ...(takes.length > 0 && does !== "unmark"
      ? [`${does === "remove" ? "takes" : "later takes"} along ${alongText(takes)}`]
      : []),
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
