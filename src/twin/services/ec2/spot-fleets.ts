import type { SpotFleetLaunchSpecification, SpotFleetRequestConfig } from "@aws-sdk/client-ec2";
import { depart, present } from "../../departing.ts";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { couldFill, disband, type Fleet, membersOf, placeIn, REMEMBERED_MS, SPOT_FLEET_TAG } from "./fleet-members.ts";
import type { LaunchRequest } from "./launch-request.ts";
import { add, type Ec2Operations, has, kind, list, tagsFor } from "./rows.ts";

type Row = Stored<SpotFleetRequestConfig>;

export const SPOT_FLEET = kind<SpotFleetRequestConfig>({
  table: "ec2.spot-fleet",
  id: "SpotFleetRequestId",
  prefix: "sfr-",
  type: "spot-fleet-request",
  tags: "Tags",
  notFound: "InvalidSpotFleetRequestId.NotFound",
  filters: {},
});

const idOf = ({ SpotFleetRequestId = "" }: Row) => ({ tag: SPOT_FLEET_TAG, id: SpotFleetRequestId }) as const;

/** A launch specification says what a launch does, in a few other words. */
function launchOf(specification: Stored<SpotFleetLaunchSpecification>): LaunchRequest {
  const { SecurityGroups, SubnetId, IamInstanceProfile, KeyName, UserData, ...said } = specification;
  const groups = (SecurityGroups ?? []).flatMap(({ GroupId }) => GroupId ?? []);
  return {
    ImageId: said.ImageId,
    ...(said.InstanceType ? { InstanceType: said.InstanceType } : {}),
    ...(said.BlockDeviceMappings ? { BlockDeviceMappings: said.BlockDeviceMappings } : {}),
    ...(said.NetworkInterfaces ? { NetworkInterfaces: said.NetworkInterfaces } : {}),
    ...(said.TagSpecifications ? { TagSpecifications: said.TagSpecifications } : {}),
    ...(IamInstanceProfile ? { IamInstanceProfile } : {}),
    ...(KeyName ? { KeyName } : {}),
    ...(UserData ? { UserData } : {}),
    ...(groups.length > 0 ? { SecurityGroupIds: groups } : {}),
    ...placeIn(SubnetId),
  };
}

function fleetOf(row: Row): Fleet {
  const asked = row.SpotFleetRequestConfig;
  const [specification] = asked?.LaunchSpecifications ?? [];
  const [config] = asked?.LaunchTemplateConfigs ?? [];
  const [override] = config?.Overrides ?? [];
  const ofTemplate: LaunchRequest = {
    ...(config?.LaunchTemplateSpecification ? { LaunchTemplate: config.LaunchTemplateSpecification } : {}),
    ...(override?.InstanceType ? { InstanceType: override.InstanceType } : {}),
    ...placeIn(override?.SubnetId),
  };
  const onDemand = asked?.OnDemandTargetCapacity ?? 0;
  const spot = (asked?.TargetCapacity ?? 0) - onDemand;
  return { ...idOf(row), request: specification ? launchOf(specification) : ofTemplate, onDemand, spot };
}

/** The twin has no background: what a request of type `maintain` has lost it launches anew, and what is cancelled ends. */
export function endSpotFleets(call: Call): void {
  for (const row of present<Row>(call, SPOT_FLEET.table).all()) {
    if (row.SpotFleetRequestState === "active" && row.SpotFleetRequestConfig?.Type === "maintain")
      row.ActivityStatus = couldFill(call, fleetOf(row)) ? "fulfilled" : "error";
    const isEnding = row.SpotFleetRequestState?.startsWith("cancelled_");
    if (!isEnding || membersOf(call, idOf(row), true).length > 0) continue;
    row.SpotFleetRequestState = "cancelled";
    depart(call, SPOT_FLEET.table, row.SpotFleetRequestId ?? "", REMEMBERED_MS);
  }
}

export const spotFleets: Ec2Operations = {
  RequestSpotFleet({ SpotFleetRequestConfig: asked }, call) {
    if (!asked?.IamFleetRole)
      throw new AwsFault("MissingParameter", "The request must contain the parameter iamFleetRole");
    const { TagSpecifications, ...config } = asked;
    const row = add(SPOT_FLEET, call, {
      SpotFleetRequestId: `${SPOT_FLEET.prefix}${call.uuid()}`,
      CreateTime: call.now(),
      SpotFleetRequestState: "active",
      SpotFleetRequestConfig: { AllocationStrategy: "lowestPrice", Type: "maintain", ...config },
      Tags: tagsFor(SPOT_FLEET, TagSpecifications),
    });
    row.ActivityStatus = couldFill(call, fleetOf(row)) ? "fulfilled" : "error";
    return { SpotFleetRequestId: row.SpotFleetRequestId };
  },

  DescribeSpotFleetRequests(input, call) {
    const { items, next } = list(SPOT_FLEET, call, { ids: input.SpotFleetRequestIds, ...input }, { min: 1, max: 1000 });
    return { SpotFleetRequestConfigs: items, NextToken: next };
  },

  /** What can't be cancelled is told in an answer that is a success. Source: EC2 API reference, CancelSpotFleetRequestsError. */
  CancelSpotFleetRequests(input, call) {
    const terminates = input.TerminateInstances ?? false;
    const done: object[] = [];
    const refused: object[] = [];
    for (const SpotFleetRequestId of input.SpotFleetRequestIds ?? []) {
      const row = has(SPOT_FLEET, call, SpotFleetRequestId);
      const state = row?.SpotFleetRequestState ?? "";
      if (!row || state.startsWith("cancelled")) {
        const Code = row ? "fleetRequestNotInCancellableState" : "fleetRequestIdDoesNotExist";
        const Message = row ? `The request is in state ${state}.` : "The Spot Fleet request ID does not exist.";
        refused.push({ SpotFleetRequestId, Error: { Code, Message } });
        continue;
      }
      row.SpotFleetRequestState = terminates ? "cancelled_terminating" : "cancelled_running";
      disband(call, idOf(row), terminates);
      done.push({
        SpotFleetRequestId,
        PreviousSpotFleetRequestState: state,
        CurrentSpotFleetRequestState: row.SpotFleetRequestState,
      });
    }
    return { SuccessfulFleetRequests: done, UnsuccessfulFleetRequests: refused };
  },
};
