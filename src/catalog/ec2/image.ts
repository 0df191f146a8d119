import { EC2Client, type Filter, type Image, paginateDescribeImages } from "@aws-sdk/client-ec2";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { tagsOf, without } from "../reading.ts";
import { first, idIs, SMALLEST_PAGE } from "./reading.ts";

/** Own ones only, disabled and deprecated ones too: unasked, AWS leaves them out, and they would look deleted. */
const OWN = { Owners: ["self"], IncludeDisabled: true, IncludeDeprecated: true };

async function* describe(scope: ReadScope, filters: Filter[]): AsyncGenerator<Found> {
  const paging = { client: scope.client(EC2Client), pageSize: scope.pageSize(1000, SMALLEST_PAGE) };
  for await (const page of paginateDescribeImages(paging, { ...OWN, Filters: filters }))
    for (const image of page.Images ?? []) yield found(image);
}

function found(image: Image): Found {
  return {
    id: image.ImageId ?? "",
    name: image.Name,
    createdAt: image.CreationDate,
    state: image.State,
    tags: tagsOf(image.Tags),
    configuration: { ...without(image, "Tags", "ImageId", "CreationDate"), Disabled: image.State === "disabled" },
  };
}

export default {
  list: (scope) => describe(scope, []),

  read: (scope, id) => first(describe(scope, idIs("image-id", id))),
  charges: free,
} satisfies Entry;
