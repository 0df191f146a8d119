import { DeleteScheduleCommand, paginateListSchedules, SchedulerClient } from "@aws-sdk/client-scheduler";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, without } from "../reading.ts";
import { pause } from "./schedule-pause.ts";
import { parseScheduleId, scheduleOf } from "./schedule-read.ts";

async function* ids(scope: ReadScope): AsyncGenerator<string> {
  const paging = { client: scope.client(SchedulerClient), pageSize: scope.pageSize(100) };
  for await (const page of paginateListSchedules(paging, {}))
    for (const { GroupName, Name } of page.Schedules ?? []) yield `${GroupName}/${Name}`;
}

async function describe(scope: ReadScope, id: string): Promise<Found | undefined> {
  const schedule = await scheduleOf(scope, id);
  return (
    schedule && {
      id,
      arn: schedule.Arn,
      name: schedule.Name,
      createdAt: schedule.CreationDate,
      state: schedule.State,
      tags: {},
      configuration: without(schedule, "$metadata", "Arn", "Name", "CreationDate"),
    }
  );
}

export default {
  list: (scope) => inParallel(ids(scope), (id) => describe(scope, id)),
  read: describe,
  pause,
  removal: {
    inspect: ({ state }) => (state ? { words: state.toLowerCase() } : {}),
    remove: (scope, { id }) => scope.writer(SchedulerClient).send(new DeleteScheduleCommand(parseScheduleId(id))),
  },
  charges: free,
} satisfies Entry;
