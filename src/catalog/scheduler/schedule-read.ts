import { GetScheduleCommand, type GetScheduleCommandOutput, SchedulerClient } from "@aws-sdk/client-scheduler";
import type { ReadScope } from "../contract.ts";
import { orGone } from "../reading.ts";

/** The group and the name in an id. */
export function parseScheduleId(id: string): { readonly GroupName: string; readonly Name: string } {
  const Name = id.slice(id.indexOf("/") + 1);
  return { GroupName: id.slice(0, -Name.length - 1) || "default", Name };
}

/** The whole of a schedule by its id `group/name`; undefined = gone. */
export function scheduleOf(scope: ReadScope, id: string): Promise<GetScheduleCommandOutput | undefined> {
  return orGone(scope.client(SchedulerClient).send(new GetScheduleCommand(parseScheduleId(id))));
}
