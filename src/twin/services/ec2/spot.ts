import type { Instance, LaunchSpecification, SpotInstanceRequest } from "@aws-sdk/client-ec2";
import type { Call, Stored } from "../../service.ts";
import type { LaunchRequest } from "./launch-request.ts";
import { type Ec2Operations, get, type Kind, list, rows, tagsFor, those } from "./rows.ts";

export const SPOT_REQUEST: Kind<Stored<SpotInstanceRequest>> = {
  table: "ec2.spot-request",
  id: "SpotInstanceRequestId",
  prefix: "sir-",
  type: "spot-instances-request",
  tags: "Tags",
  notFound: "InvalidSpotInstanceRequestID.NotFound",
  filters: {
    "instance-id": "InstanceId",
    state: "State",
    type: "Type",
    "spot-instance-request-id": "SpotInstanceRequestId",
  },
};

/** Marks an instance as one of the Spot market and keeps its request. */
export function spotRequest(
  call: Call,
  instance: Stored<Instance>,
  { InstanceMarketOptions: market, TagSpecifications, ...request }: LaunchRequest,
): void {
  if (market?.MarketType !== "spot") return;
  const SpotInstanceRequestId = call.id("sir-", 8);
  instance.InstanceLifecycle = "spot";
  instance.SpotInstanceRequestId = SpotInstanceRequestId;
  rows(SPOT_REQUEST, call).put(SpotInstanceRequestId, {
    SpotInstanceRequestId,
    CreateTime: call.now(),
    InstanceId: instance.InstanceId,
    InstanceInterruptionBehavior: market.SpotOptions?.InstanceInterruptionBehavior ?? "terminate",
    LaunchSpecification: launchOf(instance, request),
    State: "active",
    Status: { Code: "fulfilled", Message: "Your Spot request is fulfilled." },
    Tags: tagsFor(SPOT_REQUEST, TagSpecifications),
    Type: market.SpotOptions?.SpotInstanceType ?? "one-time",
  });
}

/** What a request says of the instances that it launches, user data among it. */
function launchOf(instance: Stored<Instance>, request: LaunchRequest): Stored<LaunchSpecification> {
  const { ImageId, InstanceType, KeyName, SubnetId, SecurityGroups, IamInstanceProfile: profile } = instance;
  return {
    ImageId,
    InstanceType,
    ...(KeyName ? { KeyName } : {}),
    ...(profile?.Arn ? { IamInstanceProfile: { Arn: profile.Arn } } : {}),
    ...(request.UserData ? { UserData: request.UserData } : {}),
    SecurityGroups,
    SubnetId,
  };
}

/**
 * A one-time request ends with its instance; a persistent one is open again, and AWS launches another instance for it.
 * Source: EC2 user guide, "Terminate a Spot Instance".
 */
export function endRequest(call: Call, instance: Stored<Instance>): void {
  const request = requestOf(call, instance);
  if (!request || !["active", "disabled"].includes(request.State ?? "")) return;
  delete request.InstanceId;
  request.State = request.Type === "persistent" ? "open" : "closed";
  request.Status =
    request.State === "open"
      ? { Code: "pending-evaluation", Message: "Your Spot request has been submitted for review." }
      : { Code: "instance-terminated-by-user", Message: "Your instance was terminated by you." };
}

export function requestOf(call: Call, instance: Stored<Instance>): Stored<SpotInstanceRequest> | undefined {
  return those(SPOT_REQUEST, call, (each) => each.InstanceId === instance.InstanceId)[0];
}

/** Source: EC2 user guide, "Stop a Spot Instance". */
export function isStoppable(request: Stored<SpotInstanceRequest> | undefined): boolean {
  return request?.Type === "persistent" && request.State !== "cancelled" && !request.LaunchGroup;
}

/** A request is disabled while its owner has stopped the instance. Source: EC2 user guide, "Spot Instance request states". */
export function switchRequest(call: Call, instance: Stored<Instance>, on: boolean): void {
  const request = requestOf(call, instance);
  if (!request || request.State === "cancelled") return;
  request.State = on ? "active" : "disabled";
  request.Status = on
    ? { Code: "fulfilled", Message: "Your Spot request is fulfilled." }
    : { Code: "instance-stopped-by-user", Message: "Your instance was stopped by you." };
}

export const spot: Ec2Operations = {
  DescribeSpotInstanceRequests(input, call) {
    const { items, next } = list(SPOT_REQUEST, call, { ids: input.SpotInstanceRequestIds, ...input });
    return { SpotInstanceRequests: items, NextToken: next };
  },

  /** The instance goes on running. Source: EC2 user guide, "Cancel a Spot Instance request". */
  CancelSpotInstanceRequests(input, call) {
    const asked = (input.SpotInstanceRequestIds ?? []).map((id) => get(SPOT_REQUEST, call, id));
    for (const each of asked) {
      if (!["open", "active", "disabled"].includes(each.State ?? "")) continue;
      each.State = "cancelled";
      each.Status = {
        Code: each.InstanceId ? "request-canceled-and-instance-running" : "canceled-before-fulfillment",
        Message: "Your Spot request is canceled.",
      };
    }
    return {
      CancelledSpotInstanceRequests: asked.map(({ SpotInstanceRequestId, State }) => ({
        SpotInstanceRequestId,
        State,
      })),
    };
  },
};
