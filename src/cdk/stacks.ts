import { type App, Stack } from "aws-cdk-lib";
import { Alarm } from "aws-cdk-lib/aws-cloudwatch";
import { distance } from "fastest-levenshtein";
import type { RawSelection } from "../engine/selection.ts";
import type { WrittenPolicies } from "../verbs/reap/policies.ts";
import {
  COMMON,
  type Context,
  commonIn,
  contextOf,
  jsonIn,
  namesOf,
  numberIn,
  prop,
  type Shared,
  STORE,
  settingsIn,
  storeIn,
  switchIn,
  timesIn,
} from "./context.ts";
import type { CommonProps } from "./ground.ts";
import { LoadShedder, type LoadShedderProps } from "./load-shedder.ts";
import { OperatorRole } from "./operator-role.ts";
import { Reaper, type ReaperProps } from "./reaper.ts";
import { Schedule, type ScheduleProps } from "./schedule.ts";
import { PAUSING, REAPER, SHEDDER, WATCH } from "./settings.ts";
import { SnapshotWatch, type SnapshotWatchProps } from "./snapshot-watch.ts";
import { StaySafe } from "./stay-safe.ts";

type Fill = (stack: Stack, context: Context, shared: Shared) => unknown;

/** By the name in the context: what else of it the stack takes, and what is in the stack. */
const STACKS: Readonly<Record<string, { readonly takes: readonly string[]; readonly fill: Fill }>> = {
  reaper: {
    takes: [...COMMON, ...STORE, ...namesOf(REAPER), "selection", "reaperSchedule", "policy", "policies"],
    fill: (stack, context, shared) =>
      new Reaper(stack, "Reaper", {
        ...settingsIn<ReaperProps>(context, REAPER),
        ...commonIn(stack, context, shared),
        ...storeIn(stack, context, shared),
        ...prop("schedule", timesIn(context, "reaperSchedule")),
        ...prop("selection", jsonIn<RawSelection>(context, "selection")),
        ...prop("policy", context.policy?.split(",")),
        ...prop("policies", jsonIn<WrittenPolicies>(context, "policies")),
      }),
  },
  loadShedder: {
    takes: [...COMMON, ...namesOf(SHEDDER), "alarmName", "batchSize"],
    fill: (stack, context, shared) =>
      new LoadShedder(stack, "LoadShedder", {
        ...settingsIn<LoadShedderProps>(context, SHEDDER),
        ...commonIn(stack, context, shared),
        ...(context.alarmName ? { alarm: Alarm.fromAlarmName(stack, "Alarm", context.alarmName) } : {}),
        ...prop("batchSize", numberIn(context, "batchSize")),
      }),
  },
  schedule: {
    takes: [
      ...COMMON,
      ...STORE,
      ...namesOf(PAUSING),
      "selection",
      "pauseAt",
      "resumeAt",
      "timeZone",
      "budgetAmount",
      "budgetPercent",
    ],
    fill(stack, context, shared) {
      const { selection = "", pauseAt, resumeAt, timeZone } = context;
      const amount = numberIn(context, "budgetAmount");
      const percent = numberIn(context, "budgetPercent");
      if (amount === undefined && percent !== undefined)
        throw new Error("-c budgetPercent says how much of -c budgetAmount, which is not given");
      return new Schedule(stack, "Schedule", {
        ...settingsIn<Partial<ScheduleProps>>(context, PAUSING),
        ...commonIn(stack, context, shared),
        ...storeIn(stack, context, shared),
        selection,
        ...prop("pauseAt", pauseAt),
        ...prop("resumeAt", resumeAt),
        ...prop("timeZone", timeZone),
        ...(amount === undefined ? {} : { budget: { amount, ...prop("percent", percent) } }),
      });
    },
  },
  staySafe: {
    takes: [...COMMON, ...STORE, ...namesOf(PAUSING)],
    fill(stack, context, shared) {
      const { bucket, ...store } = storeIn(stack, context, shared);
      if (!bucket) throw new Error("staySafe needs -c bucket=NAME, that of the pauses, or -c schedule=true beside it");
      return new StaySafe(stack, "StaySafe", {
        ...settingsIn<Partial<ScheduleProps>>(context, PAUSING),
        ...commonIn(stack, context, shared),
        ...store,
        bucket,
      });
    },
  },
  snapshotWatch: {
    takes: [...COMMON, ...STORE, ...namesOf(WATCH), "selection", "snapshotSchedule"],
    fill: (stack, context, shared) =>
      new SnapshotWatch(stack, "SnapshotWatch", {
        ...settingsIn<SnapshotWatchProps>(context, WATCH),
        ...commonIn(stack, context, shared),
        ...storeIn(stack, context, shared),
        ...prop("selection", context.selection),
        ...prop("schedule", timesIn(context, "snapshotSchedule")),
      }),
  },
  operatorRole: {
    takes: [...STORE, "roleName", "externalId", "mfa", "types"],
    fill(stack, context, shared) {
      const { roleName, externalId, types } = context;
      return new OperatorRole(stack, "OperatorRole", {
        ...storeIn(stack, context, shared),
        ...prop("roleName", roleName),
        ...prop("externalId", externalId),
        ...prop("types", types?.split(",")),
        mfa: switchIn(context, "mfa"),
      });
    },
  },
};

/**
 * A stack for each construct that the context asks for.
 * @param code absent = the bundles of this package
 * @throws for context that nothing takes: a misspelt limit must not be none
 */
export function addStacks(app: App, code?: CommonProps["code"]): void {
  const context = contextOf(app);
  const { name = "evenkeel" } = context;
  const asked = Object.entries(STACKS).filter(([each]) => switchIn(context, each));
  if (asked.length === 0)
    throw new Error(`nothing is asked for: give -c reaper=true, or another of ${Object.keys(STACKS).join(", ")}`);
  const taken = ["name", ...Object.keys(STACKS), ...asked.flatMap(([, { takes }]) => takes)];
  for (const each of Object.keys(context)) if (!taken.includes(each)) throw new Error(whyUnknown(each, taken));
  let shared: Shared = code ? { code } : {};
  // The schedule stands before what takes its bucket.
  for (const [each, { fill }] of asked.sort(([a], [b]) => Number(b === "schedule") - Number(a === "schedule"))) {
    const made = fill(new Stack(app, `${name}-${kebab(each)}`), context, shared);
    if (made instanceof Schedule) shared = { ...shared, bucket: made.bucket };
  }
}

function whyUnknown(key: string, taken: readonly string[]): string {
  const [near] = [...taken].sort((a, b) => distance(key, a) - distance(key, b));
  return `-c ${key}: none of the stacks that are asked for takes it; did you mean ${near}?`;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
