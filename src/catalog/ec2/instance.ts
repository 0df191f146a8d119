import { EC2Client, type Filter, type Instance, paginateDescribeInstances } from "@aws-sdk/client-ec2";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { tagsOf, without } from "../reading.ts";

/** Filters instead of ids: a bulk describe by ids fails as a whole when one of them is gone. */
async function* describe(scope: ReadScope, filters: Filter[]): AsyncGenerator<Found> {
  const paging = { client: scope.client(EC2Client), pageSize: scope.pageSize(1000, 5) };
  for await (const page of paginateDescribeInstances(paging, { Filters: filters }))
    for (const reservation of page.Reservations ?? [])
      for (const instance of reservation.Instances ?? [])
        if (instance.State?.Name !== "terminated") yield found(instance);
}

/**
 * LaunchTime moves at every start, so the oldest witness of the creation counts: the attach time of the primary interface
 * or of the root volume.
 */
function createdAt(instance: Instance): Date | undefined {
  const primary = instance.NetworkInterfaces?.find((each) => each.Attachment?.DeviceIndex === 0);
  const root = instance.BlockDeviceMappings?.find((each) => each.DeviceName === instance.RootDeviceName);
  const witnesses = [primary?.Attachment?.AttachTime, root?.Ebs?.AttachTime, instance.LaunchTime];
  const times = witnesses.filter((time) => time !== undefined).map((time) => time.getTime());
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}

function found(instance: Instance): Found {
  const tags = tagsOf(instance.Tags);
  return {
    id: instance.InstanceId ?? "",
    name: tags.Name,
    createdAt: createdAt(instance),
    state: instance.State?.Name,
    tags,
    configuration: without(instance, "Tags", "InstanceId"),
  };
}

export default {
  // A filter on all states but terminated would name them one by one, and miss a new one.
  list: (scope) => describe(scope, []),

  async read(scope, id) {
    for await (const instance of describe(scope, [{ Name: "instance-id", Values: [id] }])) return instance;
    return undefined;
  },
} satisfies Entry;
