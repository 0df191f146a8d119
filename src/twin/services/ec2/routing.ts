import type { Route } from "@aws-sdk/client-ec2";
import type { Call, Stored } from "../../service.ts";
import { ROUTE_TABLE } from "./network-kinds.ts";
import { rows } from "./rows.ts";

/** Routes to something that has gone stay, and lead nowhere. Source: VPC user guide, "Route tables", blackhole. */
export function blackhole(call: Call, target: keyof Route, id: string | undefined): void {
  for (const route of routesTo(call, target, id)) route.State = "blackhole";
}

export function routesTo(call: Call, target: keyof Route, id: string | undefined): Stored<Route>[] {
  return rows(ROUTE_TABLE, call)
    .all()
    .flatMap((table) => table.Routes ?? [])
    .filter((route) => route[target] === id);
}
