import { GetScheduleCommand, type GetScheduleCommandOutput, SchedulerClient } from "@aws-sdk/client-scheduler";
import type { ReadScope } from "../contract.ts";
import { orGone } from "../reading.ts";

/** The whole of a schedule by its id `group/name`; undefined = gone. */
export function scheduleOf(scope: ReadScope, id: string): Promise<GetScheduleCommandOutput | undefined> {
  const Name = id.slice(id.indexOf("/") + 1);
  const GroupName = id.slice(0, -Name.length - 1) || "default";
  return orGone(scope.client(SchedulerClient).send(new GetScheduleCommand({ GroupName, Name })));
}
