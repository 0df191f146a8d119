import type { ReservedInstances } from "@aws-sdk/client-ec2";
import type { Stored } from "../../service.ts";
import type { Ec2Operations } from "./rows.ts";

/** Nobody buys one here: a world that has some was made with them. */
export const reservedInstances: Ec2Operations = {
  DescribeReservedInstances(input, call) {
    const states = input.Filters?.find(({ Name }) => Name === "state")?.Values;
    const rows = call.table<Stored<ReservedInstances>>("ec2.reserved-instances").all();
    return { ReservedInstances: rows.filter(({ State = "" }) => states?.includes(State) ?? true) };
  },
};
