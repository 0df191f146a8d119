import type { CreateReplicationInstanceMessage, ReplicationInstance } from "@aws-sdk/client-database-migration-service";
import { arrive, later } from "../../moving.ts";
import type { Call, Stored } from "../../service.ts";

export interface InstanceRow {
  readonly instance: Stored<ReplicationInstance>;
  tags: Record<string, string>;
}

/** How long AWS takes, which it does not promise. */
const CREATING_MS = 10 * 60_000;

export const instanceMove = (arn: string | undefined) => `dms.instance/${arn}`;

export function instanceAsOfNow({ instance }: InstanceRow, call: Call): InstanceRow["instance"] {
  arrive(call, instanceMove(instance.ReplicationInstanceArn), instance);
  return instance;
}

/** An instance as CreateReplicationInstance begins to make it. Defaults: DMS API reference, CreateReplicationInstance. */
export function createdInstance(input: Stored<CreateReplicationInstanceMessage>, call: Call): InstanceRow["instance"] {
  const arn = call.arn("dms", `rep:${input.ResourceIdentifier ?? call.id("", 26).toUpperCase()}`);
  later(call, instanceMove(arn), CREATING_MS, { ReplicationInstanceStatus: "available" });
  return {
    ReplicationInstanceIdentifier: input.ReplicationInstanceIdentifier?.toLowerCase(),
    ReplicationInstanceClass: input.ReplicationInstanceClass,
    ReplicationInstanceStatus: "creating",
    AllocatedStorage: input.AllocatedStorage ?? 50,
    InstanceCreateTime: call.now(),
    VpcSecurityGroups: (input.VpcSecurityGroupIds ?? []).map((VpcSecurityGroupId) => ({
      VpcSecurityGroupId,
      Status: "active",
    })),
    AvailabilityZone: input.AvailabilityZone ?? `${call.region}a`,
    PreferredMaintenanceWindow: input.PreferredMaintenanceWindow ?? "sun:03:00-sun:03:30",
    PendingModifiedValues: {},
    MultiAZ: input.MultiAZ ?? false,
    EngineVersion: input.EngineVersion ?? "3.5.4",
    AutoMinorVersionUpgrade: input.AutoMinorVersionUpgrade ?? true,
    ReplicationInstanceArn: arn,
    PubliclyAccessible: input.PubliclyAccessible ?? true,
  };
}
