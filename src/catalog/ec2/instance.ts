import { EC2Client, type Filter, type Instance, paginateDescribeInstances } from "@aws-sdk/client-ec2";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { tagsOf, without } from "../reading.ts";
import { charges } from "./instance-charges.ts";
import { pause } from "./instance-pause.ts";
import { removal } from "./instance-removal.ts";
import { first, idIs, SMALLEST_PAGE } from "./reading.ts";

async function* describe(scope: ReadScope, filters: Filter[]): AsyncGenerator<Found> {
  const paging = { client: scope.client(EC2Client), pageSize: scope.pageSize(1000, SMALLEST_PAGE) };
  for await (const page of paginateDescribeInstances(paging, { Filters: filters }))
    for (const reservation of page.Reservations ?? [])
      for (const instance of reservation.Instances ?? [])
        if (instance.State?.Name !== "terminated") yield found(instance);
}

/**
 * LaunchTime moves at every start, so a witness of the creation is asked: the attach time of the primary interface, which
 * stays for the instance's life, else of the root volume, which can be replaced. Never LaunchTime itself: a creation date
 * that moves would make a start look like a replacement.
 */
function createdAt(instance: Instance): Date | undefined {
  const primary = instance.NetworkInterfaces?.find((each) => each.Attachment?.DeviceIndex === 0);
  const root = instance.BlockDeviceMappings?.find((each) => each.DeviceName === instance.RootDeviceName);
  return primary?.Attachment?.AttachTime ?? root?.Ebs?.AttachTime;
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

  read: (scope, id) => first(describe(scope, idIs("instance-id", id))),
  pause,
  removal,
  charges,
} satisfies Entry;
