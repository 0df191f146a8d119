import type { CreateFleetRequest, FleetData, TargetCapacitySpecification } from "@aws-sdk/client-ec2";
import { depart, present } from "../../departing.ts";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { couldFill, disband, FLEET_TAG, type Fleet, fill, membersOf, placeIn, REMEMBERED_MS } from "./fleet-members.ts";
import type { LaunchRequest } from "./launch-request.ts";
import { templateFor, versionOf } from "./launch-templates.ts";
import { add, type Ec2Operations, get, has, kind, matches, pageOf, rows, tagsFor } from "./rows.ts";

type Row = Stored<FleetData>;

export const FLEET = kind<FleetData>({
  table: "ec2.fleet",
  id: "FleetId",
  prefix: "fleet-",
  type: "fleet",
  tags: "Tags",
  notFound: "InvalidFleetId.NotFound",
  filters: {
    "activity-status": "ActivityStatus",
    "excess-capacity-termination-policy": "ExcessCapacityTerminationPolicy",
    "fleet-state": "FleetState",
    "replace-unhealthy-instances": "ReplaceUnhealthyInstances",
    type: "Type",
  },
});

const idOf = ({ FleetId = "" }: Row) => ({ tag: FLEET_TAG, id: FleetId }) as const;

/** What is asked of neither market falls to the default one. Source: EC2 API reference, TargetCapacitySpecificationRequest. */
function capacityOf(asked: Stored<TargetCapacitySpecification>): Pick<Fleet, "spot" | "onDemand"> {
  const { TotalTargetCapacity: total = 0, DefaultTargetCapacityType: usual = "on-demand" } = asked;
  const { OnDemandTargetCapacity: onDemand = 0, SpotTargetCapacity: spot = 0 } = asked;
  const rest = Math.max(0, total - onDemand - spot);
  return usual === "spot" ? { spot: spot + rest, onDemand } : { spot, onDemand: onDemand + rest };
}

function fleetOf(row: Row, more: LaunchRequest = {}): Fleet {
  const [config] = row.LaunchTemplateConfigs ?? [];
  const [override] = config?.Overrides ?? [];
  const request: LaunchRequest = {
    ...more,
    ...(config?.LaunchTemplateSpecification ? { LaunchTemplate: config.LaunchTemplateSpecification } : {}),
    ...(override?.ImageId ? { ImageId: override.ImageId } : {}),
    ...(override?.InstanceType ? { InstanceType: override.InstanceType } : {}),
    ...placeIn(override?.SubnetId),
  };
  return { ...idOf(row), request, ...capacityOf(row.TargetCapacitySpecification ?? {}) };
}

/** The twin has no background: what a fleet of type `maintain` has lost it launches anew, and what is deleted ends. */
export function endFleets(call: Call): void {
  for (const row of present<Row>(call, FLEET.table).all()) {
    if (row.FleetState === "active" && row.Type === "maintain")
      row.ActivityStatus = couldFill(call, fleetOf(row)) ? "fulfilled" : "error";
    if (!row.FleetState?.startsWith("deleted_") || membersOf(call, idOf(row), true).length > 0) continue;
    row.FleetState = "deleted";
    depart(call, FLEET.table, row.FleetId ?? "", REMEMBERED_MS);
  }
}

function describe(call: Call, input: Stored<CreateFleetRequest>): Row {
  const { LaunchTemplateConfigs = [], TargetCapacitySpecification: capacity, TagSpecifications, Type } = input;
  for (const { LaunchTemplateSpecification: template = {} } of LaunchTemplateConfigs)
    versionOf(call, templateFor(call, template), template.Version);
  const { spot, onDemand } = capacityOf(capacity ?? { TotalTargetCapacity: 0 });
  return {
    FleetId: `${FLEET.prefix}${call.uuid()}`,
    CreateTime: call.now(),
    FleetState: "active",
    ActivityStatus: "fulfilled",
    ClientToken: input.ClientToken ?? "",
    ExcessCapacityTerminationPolicy: input.ExcessCapacityTerminationPolicy ?? "termination",
    LaunchTemplateConfigs: LaunchTemplateConfigs as NonNullable<Row["LaunchTemplateConfigs"]>,
    TargetCapacitySpecification: {
      TotalTargetCapacity: capacity?.TotalTargetCapacity,
      OnDemandTargetCapacity: onDemand,
      SpotTargetCapacity: spot,
      DefaultTargetCapacityType: capacity?.DefaultTargetCapacityType ?? "on-demand",
    },
    TerminateInstancesWithExpiration: input.TerminateInstancesWithExpiration ?? false,
    Type: Type ?? "maintain",
    ReplaceUnhealthyInstances: input.ReplaceUnhealthyInstances ?? false,
    Tags: tagsFor(FLEET, TagSpecifications),
  };
}

/** An instant fleet answers with what it has launched, and with what it could not as a part of a success. */
function launchNow(call: Call, row: Row, TagSpecifications: LaunchRequest["TagSpecifications"]): void {
  try {
    row.Instances = fill(call, fleetOf(row, { TagSpecifications })).map((each) => ({
      InstanceIds: [each.InstanceId ?? ""],
      InstanceType: each.InstanceType,
      Lifecycle: each.InstanceLifecycle === "spot" ? ("spot" as const) : ("on-demand" as const),
    }));
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    row.Errors = [{ ErrorCode: error.code, ErrorMessage: error.message }];
  }
}

function undeletable(row: Row | undefined, terminates: boolean): { Code: string; Message: string } | undefined {
  if (!row) return { Code: "fleetIdDoesNotExist", Message: "The fleet ID does not exist." };
  if (row.FleetState?.startsWith("deleted"))
    return { Code: "fleetNotInDeletableState", Message: `The fleet is in state ${row.FleetState}.` };
  if (row.Type === "instant" && !terminates)
    return { Code: "NoTerminateInstancesNotSupported", Message: "NoTerminateInstances option is not supported." };
  return undefined;
}

export const fleets: Ec2Operations = {
  CreateFleet(input, call) {
    const row = add(FLEET, call, describe(call, input));
    if (row.Type === "instant") launchNow(call, row, input.TagSpecifications);
    else row.ActivityStatus = couldFill(call, fleetOf(row)) ? "fulfilled" : "error";
    return { FleetId: row.FleetId, Instances: row.Instances, Errors: row.Errors };
  },

  /** Those of type `instant` only where they are asked for by their ids. */
  DescribeFleets(input, call) {
    const asked = input.FleetIds?.length
      ? input.FleetIds.map((id) => get(FLEET, call, id))
      : rows(FLEET, call)
          .all()
          .filter(({ Type }) => Type !== "instant");
    const { items, next } = pageOf(
      asked.filter((row) => matches(FLEET, row, input.Filters)),
      input,
    );
    const told = items.map((row) => {
      const running = membersOf(call, idOf(row));
      const FulfilledOnDemandCapacity = running.filter((each) => each.InstanceLifecycle !== "spot").length;
      return { ...row, FulfilledCapacity: running.length, FulfilledOnDemandCapacity };
    });
    return { Fleets: told, NextToken: next };
  },

  /** What can't be deleted is told in an answer that is a success. Source: EC2 user guide, "Troubleshoot when an EC2 Fleet request fails to delete". */
  DeleteFleets(input, call) {
    const terminates = input.TerminateInstances ?? true;
    const done: object[] = [];
    const refused: object[] = [];
    for (const FleetId of input.FleetIds ?? []) {
      const row = has(FLEET, call, FleetId);
      const refusal = undeletable(row, terminates);
      if (!row || refusal) {
        refused.push({ FleetId, Error: refusal });
        continue;
      }
      const PreviousFleetState = row.FleetState;
      row.FleetState = terminates ? "deleted_terminating" : "deleted_running";
      disband(call, idOf(row), terminates);
      done.push({ FleetId, PreviousFleetState, CurrentFleetState: row.FleetState });
    }
    return { SuccessfulFleetDeletions: done, UnsuccessfulFleetDeletions: refused };
  },
};
