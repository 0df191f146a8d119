import type { Cluster, InstanceFleet, InstanceGroup, RunJobFlowInput } from "@aws-sdk/client-emr";
import type { Call, Stored } from "../../service.ts";

export interface Row {
  readonly cluster: Stored<Cluster>;
  readonly groups: Stored<InstanceGroup>[];
  readonly fleets: Stored<InstanceFleet>[];
}

type Nodes = NonNullable<Stored<RunJobFlowInput>["Instances"]>;

function groupsOf(nodes: Nodes, call: Call): Row["groups"] {
  const asked = nodes.InstanceGroups ?? [
    { InstanceRole: "MASTER" as const, InstanceType: nodes.MasterInstanceType, InstanceCount: 1 },
    ...((nodes.InstanceCount ?? 1) > 1
      ? [
          {
            InstanceRole: "CORE" as const,
            InstanceType: nodes.SlaveInstanceType,
            InstanceCount: (nodes.InstanceCount ?? 1) - 1,
          },
        ]
      : []),
  ];
  return asked.map(({ InstanceRole, InstanceType, InstanceCount, ...group }) => ({
    Id: call.id("ig-", 13).toUpperCase().replace("IG-", "ig-"),
    Name: group.Name ?? InstanceRole,
    Market: group.Market ?? "ON_DEMAND",
    InstanceGroupType: InstanceRole,
    InstanceType,
    RequestedInstanceCount: InstanceCount,
    RunningInstanceCount: InstanceCount,
    Status: { State: "RUNNING" },
    ...(group.Configurations ? { Configurations: group.Configurations } : {}),
  }));
}

function fleetsOf(nodes: Nodes, call: Call): Row["fleets"] {
  return (nodes.InstanceFleets ?? []).map((fleet) => ({
    Id: call.id("if-", 13).toUpperCase().replace("IF-", "if-"),
    Name: fleet.Name ?? fleet.InstanceFleetType,
    Status: { State: "RUNNING" },
    InstanceFleetType: fleet.InstanceFleetType,
    TargetOnDemandCapacity: fleet.TargetOnDemandCapacity ?? 0,
    TargetSpotCapacity: fleet.TargetSpotCapacity ?? 0,
    ProvisionedOnDemandCapacity: fleet.TargetOnDemandCapacity ?? 0,
    ProvisionedSpotCapacity: fleet.TargetSpotCapacity ?? 0,
  }));
}

/** A cluster as RunJobFlow makes it. */
export function createdCluster(input: Stored<RunJobFlowInput>, call: Call): Row {
  const Id = call.id("j-", 13).toUpperCase().replace("J-", "j-");
  const nodes: Nodes = input.Instances ?? {};
  const fleets = fleetsOf(nodes, call);
  const cluster: Row["cluster"] = {
    Id,
    Name: input.Name,
    ClusterArn: call.arn("elasticmapreduce", `cluster/${Id}`),
    Status: { State: "STARTING", StateChangeReason: {}, Timeline: { CreationDateTime: call.now() } },
    Ec2InstanceAttributes: {
      ...(nodes.Ec2KeyName ? { Ec2KeyName: nodes.Ec2KeyName } : {}),
      ...(nodes.Ec2SubnetId ? { Ec2SubnetId: nodes.Ec2SubnetId } : {}),
      ...(input.JobFlowRole ? { IamInstanceProfile: input.JobFlowRole } : {}),
      Ec2AvailabilityZone: nodes.Placement?.AvailabilityZone ?? `${call.region}a`,
    },
    InstanceCollectionType: fleets.length > 0 ? "INSTANCE_FLEET" : "INSTANCE_GROUP",
    ...(input.LogUri ? { LogUri: input.LogUri } : {}),
    ReleaseLabel: input.ReleaseLabel,
    AutoTerminate: !(nodes.KeepJobFlowAliveWhenNoSteps ?? false),
    TerminationProtected: nodes.TerminationProtected ?? false,
    VisibleToAllUsers: input.VisibleToAllUsers ?? true,
    Applications: input.Applications ?? [{ Name: "Hadoop" }],
    Tags: input.Tags ?? [],
    ServiceRole: input.ServiceRole ?? "EMR_DefaultRole",
    NormalizedInstanceHours: 0,
    Configurations: input.Configurations ?? [],
    StepConcurrencyLevel: input.StepConcurrencyLevel ?? 1,
    PlacementGroups: [],
  };
  return { cluster, groups: fleets.length > 0 ? [] : groupsOf(nodes, call), fleets };
}
