import type { PlanMoney } from "../../model/money.ts";
import type { Kept, Outcome, Plan, Target } from "../../model/plan.ts";
import type { ReapResult } from "../../verbs/reap/result.ts";
import { type DeltaDocument, deltaDocument } from "../delta/item.ts";
import type { Backup, BackupState } from "./backups.ts";
import type { Doing } from "./items.ts";
import { isDone, type RemovalItem, type RemovalReport } from "./model.ts";

/** What `--output json` and `yaml` print of a removal. */
export interface RemovalDocument {
  /** Resources that are to go by themselves, or that went; 0 = nothing. The one number that scripts ask for. */
  readonly changes: number;
  readonly run?: string;
  readonly plan: Plan;
  /** By step. Absent = nothing was done; a step that is not in it was never begun. */
  readonly outcomes?: readonly (Outcome & { readonly step: string })[];
  /** What is there no more. */
  readonly removed: readonly Gone[];
  readonly quarantined: readonly Target[];
  /** To be removed by a later run that finds it again. */
  readonly marked: readonly Target[];
  /** Its mark was taken away. */
  readonly unmarked: readonly Target[];
  readonly kept: readonly Kept[];
  /** What was to go and is still there: failed, blocked, deferred, skipped, or not begun. */
  readonly failed: readonly (Target & { readonly outcome: string; readonly reason?: string })[];
  readonly backups: readonly (Backup & { readonly state: BackupState })[];
  /** Where the configuration of all that was to go is kept. */
  readonly exported?: string;
  readonly money?: PlanMoney;
  readonly delta?: DeltaDocument;
  /** Of a reap: by instance and kind, in a dry run what would go. What is kept stands above. */
  readonly reap?: Omit<ReapResult, "kept">;
}

interface Gone extends Target {
  readonly how: string;
  /** What went along with it. */
  readonly along: readonly Target[];
}

export function removalDocument({ plan, done, items, kept, money, delta, reap }: RemovalReport): RemovalDocument {
  const ended = items.filter(isDone);
  const changes = done ? items.filter(({ fate }) => fate === "done").length : items.length;
  return {
    changes,
    ...(done ? { run: done.run } : {}),
    plan,
    ...(done ? { outcomes: [...done.outcomes].map(([step, outcome]) => ({ step, ...outcome })) } : {}),
    removed: ended.filter(({ does }) => does === "remove").map(goneOf),
    quarantined: targetsOf(ended, "quarantine"),
    marked: targetsOf(ended, "mark"),
    unmarked: targetsOf(ended, "unmark"),
    kept,
    failed: done ? items.filter((item) => !isDone(item)).map(undoneOf) : [],
    backups: items.flatMap(({ backup }) => backup ?? []),
    ...(done ? { exported: done.exported } : {}),
    ...(money ? { money } : {}),
    ...(delta ? { delta: deltaDocument(delta) } : {}),
    ...(reap ? { reap: withoutKept(reap) } : {}),
  };
}

function targetsOf(items: readonly RemovalItem[], doing: Doing): Target[] {
  return items.filter(({ does }) => does === doing).map(({ target }) => target);
}

function withoutKept({ kept: _, ...told }: ReapResult): Omit<ReapResult, "kept"> {
  return told;
}

function goneOf({ target, how, takes }: RemovalItem): Gone {
  return { ...target, how, along: takes };
}

function undoneOf({ target, fate, because }: RemovalItem): RemovalDocument["failed"][number] {
  return { ...target, outcome: fate, ...(because === undefined ? {} : { reason: because }) };
}
