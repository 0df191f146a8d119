import type { Instance } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { INSTANCE } from "./compute-kinds.ts";
import { terminate } from "./instance-states.ts";
import { launch } from "./launch.ts";
import type { LaunchRequest } from "./launch-request.ts";
import { those } from "./rows.ts";
import { requestOf } from "./spot.ts";

/** The tags by which AWS marks what a fleet has launched, instances and Spot requests. */
export const FLEET_TAG = "aws:ec2:fleet-id";
export const SPOT_FLEET_TAG = "aws:ec2spot:fleet-request-id";

/** What both kinds of fleets come down to: a mark, what to launch, and how many of each market. */
export interface Fleet {
  readonly tag: typeof FLEET_TAG | typeof SPOT_FLEET_TAG;
  readonly id: string;
  readonly request: LaunchRequest;
  readonly spot: number;
  readonly onDemand: number;
}

/** A deleted fleet is told of for so long after its last instance. Source: EC2 user guide, "EC2 Fleet request states". */
export const REMEMBERED_MS = 48 * 3_600_000;

type Row = Stored<Instance>;

/** Its instances but for those that are on their way out, or all that are not yet terminated. */
export function membersOf(call: Call, { tag, id }: Pick<Fleet, "tag" | "id">, leaving = false): Row[] {
  const left = leaving ? ["terminated"] : ["terminated", "shutting-down"];
  return those(
    INSTANCE,
    call,
    ({ Tags = [], State }) =>
      !left.includes(State?.Name ?? "") && Tags.some(({ Key, Value }) => Key === tag && Value === id),
  );
}

/** Launches what the fleet lacks. @throws AwsFault what the first launch that fails is refused with */
export function fill(call: Call, fleet: Fleet): Row[] {
  const { tag, id } = fleet;
  const isSpot = ({ InstanceLifecycle }: Row) => InstanceLifecycle === "spot";
  const there = membersOf(call, fleet);
  const lacks = (wanted: number, has: number) => Array.from({ length: Math.max(0, wanted - has) });
  const spot: LaunchRequest = { ...fleet.request, InstanceMarketOptions: { MarketType: "spot" } };
  const requests = [
    ...lacks(fleet.onDemand, there.filter((each) => !isSpot(each)).length).map(() => fleet.request),
    ...lacks(fleet.spot, there.filter(isSpot).length).map(() => spot),
  ];
  return requests.flatMap((request) => {
    const made = launch(call, { ...request, MinCount: 1, MaxCount: 1 }, { [tag]: id });
    for (const each of made) requestOf(call, each)?.Tags?.push({ Key: tag, Value: id });
    return made;
  });
}

/** As {@link fill}, in the background: whether it could. */
export function couldFill(call: Call, fleet: Fleet): boolean {
  try {
    fill(call, fleet);
    return true;
  } catch (error) {
    if (error instanceof AwsFault) return false;
    throw error;
  }
}

/** Ends its requests, and its instances where they are to go. Source: EC2 user guide, "Delete an EC2 Fleet request". */
export function disband(call: Call, fleet: Pick<Fleet, "tag" | "id">, terminates: boolean): void {
  for (const each of membersOf(call, fleet)) {
    if (terminates) terminate(call, each);
    const request = requestOf(call, each);
    if (request?.State === "active") request.State = "cancelled";
  }
}

/** Several subnets are one text with commas; the twin takes the first. */
export function placeIn(places: string | undefined): Pick<LaunchRequest, "SubnetId"> {
  const [SubnetId] = places?.split(",") ?? [];
  return SubnetId ? { SubnetId: SubnetId.trim() } : {};
}
