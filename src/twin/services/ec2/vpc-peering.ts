import type { VpcPeeringConnection, VpcPeeringConnectionStateReasonCode } from "@aws-sdk/client-ec2";
import { arrive, later } from "../../moving.ts";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { PEERING, VPC } from "./network-kinds.ts";
import { blackhole } from "./routing.ts";
import { add, type Ec2Operations, get, has, list, remove, rows, tagsFor, those } from "./rows.ts";

type Peering = Stored<VpcPeeringConnection>;

/** How long AWS tells of one that was deleted by its requester. Source: VPC peering guide, "VPC peering connection lifecycle". */
const REMEMBERED_MS = 2 * 3_600_000;

const OVER = ["deleted", "rejected", "failed", "expired"];

function turn(each: Peering, Code: VpcPeeringConnectionStateReasonCode, Message: string): void {
  each.Status = { Code, Message };
}

function end(call: Call, each: Peering, code: "deleted" | "rejected"): void {
  turn(each, code, `${code === "deleted" ? "Deleted" : "Rejected"} by ${call.account}`);
  blackhole(call, "VpcPeeringConnectionId", each.VpcPeeringConnectionId);
  later(call, each.VpcPeeringConnectionId ?? "", REMEMBERED_MS, {});
}

/** A VPC that goes takes its peering connections with it. Source: VPC peering guide, "Delete a VPC peering connection". */
export function endPeerings(call: Call, vpc: string): void {
  const ofVpc = ({ RequesterVpcInfo, AccepterVpcInfo }: Peering) =>
    RequesterVpcInfo?.VpcId === vpc || AccepterVpcInfo?.VpcId === vpc;
  for (const each of those(PEERING, call, ofVpc))
    if (!OVER.includes(each.Status?.Code ?? "")) end(call, each, "deleted");
}

/** Forgets those that were deleted long enough ago. */
export function forgetPeerings(call: Call): void {
  for (const each of rows(PEERING, call).all()) {
    const { VpcPeeringConnectionId = "" } = each;
    if (arrive(call, VpcPeeringConnectionId, each)) remove(PEERING, call, VpcPeeringConnectionId);
  }
}

function inState(call: Call, id: string | undefined, ...codes: readonly string[]): Peering {
  const each = get(PEERING, call, id);
  if (!codes.includes(each.Status?.Code ?? ""))
    throw new AwsFault(
      "InvalidStateTransition",
      `Invalid state transition for ${id}, attempted to transition from ${each.Status?.Code} by ${call.operation}`,
    );
  return each;
}

/** Within a Region; of a VPC in another account only the id is known. */
export const vpcPeering: Ec2Operations = {
  CreateVpcPeeringConnection(input, call) {
    const { VpcId, CidrBlock } = get(VPC, call, input.VpcId);
    const OwnerId = input.PeerOwnerId ?? call.account;
    const peer = OwnerId === call.account ? get(VPC, call, input.PeerVpcId) : has(VPC, call, input.PeerVpcId);
    const each = add(PEERING, call, {
      VpcPeeringConnectionId: call.id(PEERING.prefix),
      AccepterVpcInfo: {
        OwnerId,
        VpcId: input.PeerVpcId,
        Region: input.PeerRegion ?? call.region,
        CidrBlock: peer?.CidrBlock,
      },
      ExpirationTime: new Date(call.millis() + 7 * 24 * 3_600_000).toISOString(),
      RequesterVpcInfo: { OwnerId: call.account, VpcId, Region: call.region, CidrBlock },
      Status: { Code: "pending-acceptance", Message: `Pending Acceptance by ${OwnerId}` },
      Tags: tagsFor(PEERING, input.TagSpecifications),
    });
    return { VpcPeeringConnection: each };
  },

  AcceptVpcPeeringConnection(input, call) {
    const each = inState(call, input.VpcPeeringConnectionId, "pending-acceptance");
    turn(each, "active", "Active");
    delete each.ExpirationTime;
    return { VpcPeeringConnection: each };
  },

  RejectVpcPeeringConnection(input, call) {
    end(call, inState(call, input.VpcPeeringConnectionId, "pending-acceptance"), "rejected");
    return { Return: true };
  },

  DescribeVpcPeeringConnections(input, call) {
    const { items, next } = list(PEERING, call, { ids: input.VpcPeeringConnectionIds, ...input });
    return { VpcPeeringConnections: items, NextToken: next };
  },

  DeleteVpcPeeringConnection(input, call) {
    end(call, inState(call, input.VpcPeeringConnectionId, "active", "pending-acceptance", "deleted"), "deleted");
    return { Return: true };
  },
};
