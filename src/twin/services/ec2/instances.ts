import type { Instance } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { INSTANCE } from "./compute-kinds.ts";
import { isChecking } from "./instance-moves.ts";
import { instanceSettings } from "./instance-settings.ts";
import { launch } from "./launch.ts";
import { type Ec2Operations, get, has, list } from "./rows.ts";

type Row = Stored<Instance>;

/** Instances that were launched together, as one reservation. */
function reservations(call: Call, instances: readonly Row[]): object[] {
  const groups = new Map<string, Row[]>();
  for (const instance of instances) {
    const { reservation } = instanceSettings(call, instance.InstanceId);
    groups.set(reservation, [...(groups.get(reservation) ?? []), instance]);
  }
  return [...groups].map(([ReservationId, Instances]) => ({
    Groups: [],
    Instances,
    OwnerId: call.account,
    ReservationId,
  }));
}

/** A token that was used tells what it launched. Source: EC2 developer guide, "Ensuring idempotency". */
function launchOnce(call: Call, token: string | undefined, run: () => Row[]): Row[] {
  const launched = call.table<{ ids: string[] }>("ec2.client-token");
  const before = token ? launched.get(token) : undefined;
  if (before) return before.ids.flatMap((id) => has(INSTANCE, call, id) ?? []);
  const instances = run();
  if (token) launched.put(token, { ids: instances.map((each) => each.InstanceId ?? "") });
  return instances;
}

export const instances: Ec2Operations = {
  RunInstances(input, call) {
    const made = launchOnce(call, input.ClientToken, () => launch(call, input));
    return reservations(call, made)[0] ?? {};
  },

  DescribeInstances(input, call) {
    if (input.InstanceIds?.length && input.MaxResults !== undefined)
      throw new AwsFault(
        "InvalidParameterCombination",
        "The parameter instancesSet cannot be used with the parameter maxResults",
      );
    const { items, next } = list(INSTANCE, call, { ids: input.InstanceIds, ...input });
    return { Reservations: reservations(call, items), NextToken: next };
  },

  /** Running ones only, unless all are asked for. */
  DescribeInstanceStatus(input, call) {
    const all = list(INSTANCE, call, { ids: input.InstanceIds, ...input });
    const told = all.items.filter((each) => input.IncludeAllInstances || each.State?.Name === "running");
    return {
      InstanceStatuses: told.map((each) => ({
        AvailabilityZone: each.Placement?.AvailabilityZone,
        Events: [],
        InstanceId: each.InstanceId,
        InstanceState: each.State,
        InstanceStatus: status(call, each),
        SystemStatus: status(call, each),
      })),
      NextToken: all.next,
    };
  },

  MonitorInstances: (input, call) => monitoring(call, input.InstanceIds, "enabled"),
  UnmonitorInstances: (input, call) => monitoring(call, input.InstanceIds, "disabled"),
};

/** Source: EC2 API reference, InstanceStatusSummary. */
function status(call: Call, { InstanceId, State }: Row): object {
  if (State?.Name !== "running") return { Status: "not-applicable", Details: [] };
  const checking = isChecking(call, InstanceId);
  return {
    Status: checking ? "initializing" : "ok",
    Details: [{ Name: "reachability", Status: checking ? "initializing" : "passed" }],
  };
}

function monitoring(call: Call, ids: readonly string[] | undefined, State: "enabled" | "disabled"): object {
  const changed = (ids ?? []).map((id) => get(INSTANCE, call, id));
  for (const each of changed) each.Monitoring = { State };
  return { InstanceMonitorings: changed.map(({ InstanceId, Monitoring }) => ({ InstanceId, Monitoring })) };
}
