import {
  DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
  StartReplicationTaskCommand,
  StopReplicationTaskCommand,
} from "@aws-sdk/client-database-migration-service";
import { EvenkeelError } from "../../model/errors.ts";
import type { Pause, PauseState, ReadScope } from "../contract.ts";
import { cameBack } from "../pausing.ts";
import { orGone } from "../reading.ts";
import { obstacle, stateOfTask } from "./replication-task-eligible.ts";

async function stateOf(scope: ReadScope, id: string): Promise<PauseState | undefined> {
  const Filters = [{ Name: "replication-task-arn", Values: [id] }];
  const command = new DescribeReplicationTasksCommand({ Filters, WithoutSettings: true });
  const task = (await orGone(scope.client(DatabaseMigrationServiceClient).send(command)))?.ReplicationTasks?.[0];
  return task && stateOfTask(task);
}

const LOSES = ["changes at the source reach the target only after it is resumed"];

const RISKS = [
  "the source must keep its logs until then: they fill its storage, and without them the task can't go on",
  "it does not go on while an endpoint or its replication instance is gone or stopped",
];

const refused = (id: string, reason: string) =>
  new EvenkeelError("REFUSED", `DMS task ${id}: ${reason}`, { state: "it was left as it is" });

export const pause: Pause = {
  capture: stateOf,

  eligible(now) {
    const reason = obstacle(now);
    if (reason) return { kind: "kept", reason };
    const { stopsAt } = now.saved;
    const ends = stopsAt ? [`it is set to stop at ${String(stopsAt)}: resumed after that, it ends at once`] : [];
    return { kind: "eligible", loses: LOSES, risks: [...RISKS, ...ends] };
  },

  async stop(scope, id) {
    const now = await stateOf(scope, id);
    // DMS refuses to stop what does not run.
    if (now && ["stopped", "stopping"].includes(now.words)) return;
    // Somebody may have begun another load since the plan was made.
    const reason = now && obstacle(now);
    if (reason) throw refused(id, reason);
    await scope.writer(DatabaseMigrationServiceClient).send(new StopReplicationTaskCommand({ ReplicationTaskArn: id }));
  },

  async resume(scope, id, saved) {
    const now = await stateOf(scope, id);
    if (now && ["running", "starting"].includes(now.words)) return;
    if (now && now.saved.migration !== saved.migration)
      throw refused(id, `it migrates by ${String(now.saved.migration)} now and not by ${String(saved.migration)}`);
    // Source: DMS API reference, StartReplicationTask: a first start by anything but start-replication damages data.
    if (now?.words === "ready") throw refused(id, "it has never run: there is no position to go on from");
    // Every other kind of start drops what the target has, or reads the source's log from its beginning.
    const StartReplicationTaskType = "resume-processing";
    const command = new StartReplicationTaskCommand({ ReplicationTaskArn: id, StartReplicationTaskType });
    await scope.writer(DatabaseMigrationServiceClient).send(command);
  },

  resumed: (before, now) => cameBack(before, now),
};
