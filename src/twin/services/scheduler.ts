import type { GetScheduleOutput, ScheduleGroupSummary, UpdateScheduleInput } from "@aws-sdk/client-scheduler";
import { AwsFault, type Call, page, type Stored, service, type Table } from "../service.ts";

type Schedule = Stored<GetScheduleOutput>;
type Group = Stored<ScheduleGroupSummary>;

const schedules = (call: Call): Table<Schedule> => call.table<Schedule>("scheduler.schedule");

/** Every account has the group `default`. */
function groups(call: Call): Table<Group> {
  const table = call.table<Group>("scheduler.group");
  if (!table.get("default")) table.put("default", { Name: "default", State: "ACTIVE" });
  return table;
}

function groupNamed(call: Call, name = "default"): string {
  if (!groups(call).get(name))
    throw new AwsFault("ResourceNotFoundException", `Schedule group ${name} does not exist.`, 404);
  return name;
}

function scheduleNamed(call: Call, name: string | undefined, group = "default"): Schedule {
  const row = schedules(call).get(`${group}/${name}`);
  if (!row) throw new AwsFault("ResourceNotFoundException", `Schedule ${name} does not exist.`, 404);
  return row;
}

/** What is sent, and the defaults of what is not: none of what was there before. Source: Scheduler API reference, UpdateSchedule. */
function written(input: Stored<UpdateScheduleInput>, call: Call) {
  const { ClientToken: _, ...members } = input;
  const GroupName = input.GroupName ?? "default";
  const Arn = call.arn("scheduler", `schedule/${GroupName}/${input.Name}`);
  return {
    State: "ENABLED" as const,
    ScheduleExpressionTimezone: "UTC",
    ActionAfterCompletion: "NONE" as const,
    ...members,
    GroupName,
    Arn,
    Target: {
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      ...input.Target,
    } as Schedule["Target"],
    LastModificationDate: call.now(),
  };
}

export const scheduler = service(
  { namespace: "com.amazonaws.scheduler", signingName: "scheduler" },
  () => import("@aws-sdk/client-scheduler"),
  {
    CreateScheduleGroup(input, call) {
      const Name = input.Name ?? "";
      if (groups(call).get(Name))
        throw new AwsFault("ConflictException", `Schedule group ${Name} already exists.`, 409);
      const ScheduleGroupArn = call.arn("scheduler", `schedule-group/${Name}`);
      groups(call).put(Name, { Name, Arn: ScheduleGroupArn, State: "ACTIVE", CreationDate: call.now() });
      return { ScheduleGroupArn };
    },
    CreateSchedule(input, call) {
      const key = `${groupNamed(call, input.GroupName)}/${input.Name}`;
      if (schedules(call).get(key))
        throw new AwsFault("ConflictException", `Schedule ${input.Name} already exists.`, 409);
      const row = schedules(call).put(key, { ...written(input, call), CreationDate: call.now() } as Schedule);
      return { ScheduleArn: row.Arn };
    },
    GetSchedule(input, call) {
      return scheduleNamed(call, input.Name, input.GroupName);
    },
    ListSchedules(input, call) {
      const found = schedules(call)
        .all()
        .filter(({ GroupName }) => !input.GroupName || GroupName === input.GroupName)
        .filter(({ Name, State }) => Name?.startsWith(input.NamePrefix ?? "") && State === (input.State ?? State));
      const limits = { max: 100, invalid: "ValidationException" };
      const { items, next } = page(found, { token: input.NextToken, max: input.MaxResults }, limits);
      const shown = items.map(({ Arn, Name, GroupName, State, CreationDate, LastModificationDate, Target }) => ({
        Arn,
        Name,
        GroupName,
        State,
        CreationDate,
        LastModificationDate,
        Target: { Arn: Target?.Arn },
      }));
      return { Schedules: shown, NextToken: next };
    },
    UpdateSchedule(input, call) {
      const { CreationDate } = scheduleNamed(call, input.Name, input.GroupName);
      const row = { ...written(input, call), CreationDate } as Schedule;
      schedules(call).put(`${row.GroupName}/${row.Name}`, row);
      return { ScheduleArn: row.Arn };
    },
    DeleteSchedule(input, call) {
      const { GroupName, Name } = scheduleNamed(call, input.Name, input.GroupName);
      schedules(call).delete(`${GroupName}/${Name}`);
    },
  },
);
