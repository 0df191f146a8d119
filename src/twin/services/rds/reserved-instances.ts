import type { ReservedDBInstance } from "@aws-sdk/client-rds";
import { type Operations, page, type Stored } from "../../service.ts";
import { PAGE } from "./shared.ts";

/** Nobody buys one here: a world that has some was made with them. */
export const reservedInstanceOperations = {
  DescribeReservedDBInstances(input, call) {
    const rows = call.table<Stored<ReservedDBInstance>>("rds.reserved-db-instance").all();
    const { items, next } = page(rows, { token: input.Marker, max: input.MaxRecords }, PAGE);
    return { ReservedDBInstances: items, Marker: next };
  },
} satisfies Operations<typeof import("@aws-sdk/client-rds")>;
