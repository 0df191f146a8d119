import type { Instance, InstanceMarketOptionsRequest, SpotInstanceRequest } from "@aws-sdk/client-ec2";
import type { Call, Stored } from "../../service.ts";
import { type Ec2Operations, type Kind, list, rows, those } from "./rows.ts";

const SPOT_REQUEST: Kind<Stored<SpotInstanceRequest>> = {
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
  market?: Stored<InstanceMarketOptionsRequest>,
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
    State: "active",
    Status: { Code: "fulfilled", Message: "Your Spot request is fulfilled." },
    Tags: [],
    Type: market.SpotOptions?.SpotInstanceType ?? "one-time",
  });
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

  /** The instance goes on running. */
  CancelSpotInstanceRequests(input, call) {
    const cancelled = those(
      SPOT_REQUEST,
      call,
      (each) => input.SpotInstanceRequestIds?.includes(each.SpotInstanceRequestId ?? "") ?? false,
    );
    for (const each of cancelled) each.State = "cancelled";
    return {
      CancelledSpotInstanceRequests: cancelled.map(({ SpotInstanceRequestId, State }) => ({
        SpotInstanceRequestId,
        State,
      })),
    };
  },
};
