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

export function spotTypeOf(call: Call, instance: Stored<Instance>): "one-time" | "persistent" | undefined {
  return those(SPOT_REQUEST, call, (each) => each.InstanceId === instance.InstanceId)[0]?.Type;
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
