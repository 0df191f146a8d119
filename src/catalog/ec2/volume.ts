import { EC2Client, type Filter, paginateDescribeVolumes, type Volume } from "@aws-sdk/client-ec2";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { tagsOf, without } from "../reading.ts";
import { first, idIs, SMALLEST_PAGE } from "./reading.ts";
import { charges } from "./volume-charges.ts";
import { removal } from "./volume-removal.ts";

async function* describe(scope: ReadScope, filters: Filter[]): AsyncGenerator<Found> {
  const paging = { client: scope.client(EC2Client), pageSize: scope.pageSize(1000, SMALLEST_PAGE) };
  for await (const page of paginateDescribeVolumes(paging, { Filters: filters }))
    for (const volume of page.Volumes ?? []) yield found(volume);
}

function found(volume: Volume): Found {
  const tags = tagsOf(volume.Tags);
  return {
    id: volume.VolumeId ?? "",
    name: tags.Name,
    createdAt: volume.CreateTime,
    state: volume.State,
    tags,
    configuration: without(volume, "Tags", "VolumeId", "VolumeArn", "CreateTime"),
  };
}

export default {
  list: (scope) => describe(scope, []),

  read: (scope, id) => first(describe(scope, idIs("volume-id", id))),
  charges,
  removal,
} satisfies Entry;
