import {
  type GetScheduleCommandOutput,
  SchedulerClient,
  type ScheduleState,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import type { JsonObject } from "../../model/json.ts";
import type { Pause, WriteScope } from "../contract.ts";
import { cameBack } from "../pausing.ts";
import { without } from "../reading.ts";
import { scheduleOf } from "./schedule-read.ts";

/** `at(2026-01-05T09:00:00)`, in the schedule's own time zone. */
const ONE_TIME = /^at\((.+)\)$/;

/** What a clock on the wall shows in a time zone: `2026-01-05T09:00:00`; undefined = a zone that we don't know. */
function wallClock(millis: number, timeZone: string): string | undefined {
  try {
    // Swedish writes dates as ISO 8601 does.
    const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
    return format.format(millis).replace(" ", "T");
  } catch {
    return undefined;
  }
}

/** Why it runs no more, or may not: what has been is not paused. */
function overBecause(schedule: GetScheduleCommandOutput, now: number): string | undefined {
  const { ScheduleExpression = "", ScheduleExpressionTimezone: zone = "UTC", EndDate } = schedule;
  const due = ONE_TIME.exec(ScheduleExpression)?.[1];
  // AWS ignores the end date of a one-time schedule.
  if (due === undefined) return EndDate && EndDate.getTime() <= now ? "its end date has passed" : undefined;
  const here = wallClock(now, zone);
  if (here === undefined) return `it is due once, and whether that has been is unknown in time zone ${zone}`;
  return due <= here ? `it was due once, at ${due} (${zone})` : undefined;
}

/**
 * Writes the whole schedule as it is now with another state: UpdateSchedule sets every member that it is not sent to its
 * default. What it sends its target, which may be secret, is thus never stored.
 */
async function put(scope: WriteScope, id: string, State: ScheduleState): Promise<void> {
  const schedule = await scheduleOf(scope, id);
  if (!schedule || schedule.State === State) return;
  const { Name, ScheduleExpression, Target, FlexibleTimeWindow } = schedule;
  const members = without(schedule, "$metadata", "Arn", "CreationDate", "LastModificationDate");
  const whole = { ...members, Name, ScheduleExpression, Target, FlexibleTimeWindow, State };
  await scope.writer(SchedulerClient).send(new UpdateScheduleCommand(whole));
}

function risks({ configuration }: { readonly configuration: JsonObject }): string[] {
  const oneTime = ONE_TIME.test(String(configuration.ScheduleExpression));
  const stays =
    configuration.ActionAfterCompletion === "DELETE" ? ", and stays where it would have deleted itself" : "";
  return [
    ...(oneTime ? [`if it is due while it is paused it does not run${stays}`] : []),
    ...(configuration.StartDate && !oneTime ? ["AWS may refuse to enable it with a start date that has passed"] : []),
    ...(configuration.EndDate && !oneTime
      ? [`it does not run again if its end date passes meanwhile: ${String(configuration.EndDate)}`]
      : []),
    ...(configuration.KmsKeyArn ? [`it needs KMS key ${String(configuration.KmsKeyArn)} to be enabled again`] : []),
  ];
}

export const pause: Pause = {
  async capture(scope, id) {
    const schedule = await scheduleOf(scope, id);
    if (!schedule) return undefined;
    const state = schedule.State ?? "ENABLED";
    const over = overBecause(schedule, scope.clock.now());
    return {
      phase: state === "DISABLED" ? "paused" : "running",
      saved: { state },
      words: state.toLowerCase(),
      ...(over ? { live: { over } } : {}),
    };
  },

  eligible({ saved, live }, resource) {
    if (saved.state === "DISABLED") return { kind: "kept", reason: "its owner has disabled it" };
    if (live?.over) return { kind: "kept", reason: `nothing to pause: ${String(live.over)}` };
    const missed = `the runs that are due meanwhile (${String(resource.configuration.ScheduleExpression)})`;
    return { kind: "eligible", loses: [missed], risks: risks(resource) };
  },

  stop: (scope, id) => put(scope, id, "DISABLED"),

  async resume(scope, id, saved) {
    if (saved.state === "ENABLED") await put(scope, id, "ENABLED");
  },

  resumed: (before, now) => cameBack(before, now),
};
