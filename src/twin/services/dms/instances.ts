import { depart, present } from "../../departing.ts";
import { forget } from "../../moving.ts";
import { AwsFault, type Call, type Operations, page, type Table, tagMap } from "../../service.ts";
import { createdInstance, type InstanceRow, instanceAsOfNow, instanceMove } from "./instance-row.ts";
import { filtered, inState, notFound, PAGE } from "./shared.ts";
import { tasks } from "./task-row.ts";

const KIND = "dms.instance";
const DELETING_MS = 5 * 60_000;

export const instances = (call: Call): Table<InstanceRow> => present<InstanceRow>(call, KIND);

export function instanceOf(call: Call, arn: string | undefined): InstanceRow["instance"] {
  const row = instances(call).get(arn ?? "");
  if (!row) throw notFound(`Replication Instance not found: ${arn}`);
  return instanceAsOfNow(row, call);
}

export const instanceOperations = {
  CreateReplicationInstance(input, call) {
    const id = input.ReplicationInstanceIdentifier?.toLowerCase();
    if (
      instances(call)
        .all()
        .some(({ instance }) => instance.ReplicationInstanceIdentifier === id)
    )
      throw new AwsFault("ResourceAlreadyExistsFault", `Replication Instance already exists: ${id}`);
    const instance = createdInstance(input, call);
    instances(call).put(instance.ReplicationInstanceArn ?? "", { instance, tags: tagMap(input.Tags) });
    return { ReplicationInstance: instance };
  },
  DescribeReplicationInstances({ Filters, Marker, MaxRecords }, call) {
    const all = instances(call)
      .all()
      .map((row) => instanceAsOfNow(row, call));
    const found = filtered(all, Filters, {
      "replication-instance-arn": "ReplicationInstanceArn",
      "replication-instance-id": "ReplicationInstanceIdentifier",
      "replication-instance-class": "ReplicationInstanceClass",
      "engine-version": "EngineVersion",
    });
    const { items, next } = page(found, { token: Marker, max: MaxRecords }, PAGE);
    return { ReplicationInstances: items, Marker: next };
  },
  ModifyReplicationInstance(input, call) {
    const instance = instanceOf(call, input.ReplicationInstanceArn);
    if (instance.ReplicationInstanceStatus !== "available")
      throw inState(`Replication Instance is in state ${instance.ReplicationInstanceStatus}`);
    const { ReplicationInstanceClass, AllocatedStorage, PreferredMaintenanceWindow } = input;
    const asked = Object.entries({ ReplicationInstanceClass, AllocatedStorage, PreferredMaintenanceWindow });
    Object.assign(instance, Object.fromEntries(asked.filter(([, value]) => value !== undefined)));
    return { ReplicationInstance: instance };
  },
  DeleteReplicationInstance({ ReplicationInstanceArn: arn }, call) {
    const instance = instanceOf(call, arn);
    if (instance.ReplicationInstanceStatus === "deleting")
      throw inState(`Replication Instance ${arn} is being deleted`);
    if (
      tasks(call)
        .all()
        .some(({ task }) => task.ReplicationInstanceArn === arn)
    )
      throw inState(`Replication Instance ${arn} has replication tasks`);
    forget(call, instanceMove(arn));
    instance.ReplicationInstanceStatus = "deleting";
    depart(call, KIND, arn ?? "", DELETING_MS);
    return { ReplicationInstance: instance };
  },
} satisfies Operations<typeof import("@aws-sdk/client-database-migration-service")>;
