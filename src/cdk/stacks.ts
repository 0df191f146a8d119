import { type App, Stack } from "aws-cdk-lib";
import { Alarm } from "aws-cdk-lib/aws-cloudwatch";
import { Schedule as Times } from "aws-cdk-lib/aws-events";
import type { RetentionDays } from "aws-cdk-lib/aws-logs";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Topic } from "aws-cdk-lib/aws-sns";
import { distance } from "fastest-levenshtein";
import type { CommonProps, Place, StoreProps } from "./ground.ts";
import { LoadShedder, type LoadShedderProps } from "./load-shedder.ts";
import { OperatorRole } from "./operator-role.ts";
import { Reaper, type ReaperProps } from "./reaper.ts";
import { Schedule, type ScheduleProps } from "./schedule.ts";
import { camel, PAUSING, REAPER, type Settings, SHEDDER, WATCH } from "./settings.ts";
import { SnapshotWatch, type SnapshotWatchProps } from "./snapshot-watch.ts";
import { StaySafe } from "./stay-safe.ts";

type Context = Readonly<Record<string, string>>;

/** What the stacks have in common. */
interface Shared extends Pick<CommonProps, "code"> {
  /** Of the pauses. */
  readonly bucket?: Place;
}
type Fill = (stack: Stack, context: Context, shared: Shared) => unknown;

const COMMON = ["topic", "webhookSecret", "tracing", "logRetentionDays"];
const STORE = ["bucket", "prefix"];
const namesOf = (table: Settings) => Object.keys(table).map(camel);

/** By the name in the context: what else of it the stack takes, and what is in the stack. */
const STACKS: Readonly<Record<string, { readonly takes: readonly string[]; readonly fill: Fill }>> = {
  reaper: {
    takes: [...COMMON, ...STORE, ...namesOf(REAPER), "selection", "reaperSchedule", "policy", "policies"],
    fill: (stack, context, shared) =>
      new Reaper(stack, "Reaper", {
        ...settingsIn<ReaperProps>(context, REAPER),
        ...commonIn(stack, context, shared),
        ...storeIn(stack, context, shared),
        ...(context.reaperSchedule ? { schedule: Times.expression(context.reaperSchedule) } : {}),
        ...(context.selection ? { selection: JSON.parse(context.selection) } : {}),
        ...(context.policy ? { policy: context.policy.split(",") } : {}),
        ...(context.policies ? { policies: JSON.parse(context.policies) } : {}),
      }),
  },
  loadShedder: {
    takes: [...COMMON, ...namesOf(SHEDDER), "alarmName", "batchSize"],
    fill: (stack, context, shared) =>
      new LoadShedder(stack, "LoadShedder", {
        ...settingsIn<LoadShedderProps>(context, SHEDDER),
        ...commonIn(stack, context, shared),
        ...(context.alarmName ? { alarm: Alarm.fromAlarmName(stack, "Alarm", context.alarmName) } : {}),
        ...(context.batchSize ? { batchSize: Number(context.batchSize) } : {}),
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
      const { selection = "", pauseAt, resumeAt, timeZone, budgetAmount, budgetPercent } = context;
      const percent = budgetPercent ? { percent: Number(budgetPercent) } : {};
      return new Schedule(stack, "Schedule", {
        ...settingsIn<Partial<ScheduleProps>>(context, PAUSING),
        ...commonIn(stack, context, shared),
        ...storeIn(stack, context, shared),
        selection,
        ...(pauseAt ? { pauseAt } : {}),
        ...(resumeAt ? { resumeAt } : {}),
        ...(timeZone ? { timeZone } : {}),
        ...(budgetAmount ? { budget: { amount: Number(budgetAmount), ...percent } } : {}),
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
        ...(context.selection ? { selection: context.selection } : {}),
        ...(context.snapshotSchedule ? { schedule: Times.expression(context.snapshotSchedule) } : {}),
      }),
  },
  operatorRole: {
    takes: [...STORE, "roleName", "externalId", "mfa", "types"],
    fill(stack, context, shared) {
      const { roleName, externalId, mfa, types } = context;
      return new OperatorRole(stack, "OperatorRole", {
        ...storeIn(stack, context, shared),
        ...(roleName ? { roleName } : {}),
        ...(externalId ? { externalId } : {}),
        ...(types ? { types: types.split(",") } : {}),
        mfa: mfa === "true",
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
  const asked = Object.entries(STACKS).filter(([each]) => context[each] === "true");
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

/** Without what CDK itself puts there. */
function contextOf(app: App): Context {
  const all = Object.entries(app.node.getAllContext() as Record<string, unknown>);
  return Object.fromEntries(all.flatMap(([key, value]) => (/^@?aws[-:]/.test(key) ? [] : [[key, String(value)]])));
}

function whyUnknown(key: string, taken: readonly string[]): string {
  const [near] = [...taken].sort((a, b) => distance(key, a) - distance(key, b));
  return `-c ${key}: none of the stacks that are asked for takes it; did you mean ${near}?`;
}

/** Texts as they were written: the props' own checks read them as the functions do. */
function settingsIn<Props>(context: Context, table: Settings): Props {
  const names = namesOf(table).filter((name) => context[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, context[name]])) as Props;
}

function commonIn(
  stack: Stack,
  { topic, webhookSecret, tracing, logRetentionDays }: Context,
  { code }: Shared,
): CommonProps {
  return {
    ...(code ? { code } : {}),
    ...(topic ? { topic: topic === "none" ? topic : Topic.fromTopicArn(stack, "Topic", topic) } : {}),
    ...(webhookSecret ? { webhookSecret: Secret.fromSecretNameV2(stack, "Webhook", webhookSecret) } : {}),
    ...(logRetentionDays ? { logRetention: Number(logRetentionDays) as RetentionDays } : {}),
    tracing: tracing === "true",
  };
}

function storeIn(stack: Stack, { bucket, prefix }: Context, shared: Shared): StoreProps {
  const place = bucket ? Bucket.fromBucketName(stack, "Store", bucket) : shared.bucket;
  return { ...(place ? { bucket: place } : {}), ...(prefix ? { prefix } : {}) };
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
