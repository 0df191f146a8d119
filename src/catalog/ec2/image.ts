import {
  DeregisterImageCommand,
  DisableImageDeregistrationProtectionCommand,
  EC2Client,
  type Filter,
  type Image,
  paginateDescribeImages,
} from "@aws-sdk/client-ec2";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { tagsOf, without } from "../reading.ts";
import { first, idIs, isBackup, SMALLEST_PAGE } from "./reading.ts";

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

  removal: {
    inspect({ tags, configuration }) {
      if (isBackup(tags)) return { refuses: "it is a recovery point of AWS Backup, which alone deletes it" };
      // With a cool-down it lasts for a day after it was switched off, and is told by another word than `disabled`.
      const { DeregistrationProtection = "disabled" } = configuration as Image;
      return DeregistrationProtection === "disabled" ? {} : { guardedBy: "deregistration protection" };
    },
    prepare: (scope, { id }) =>
      scope.writer(EC2Client).send(new DisableImageDeregistrationProtectionCommand({ ImageId: id })),
    remove: (scope, { id }) => scope.writer(EC2Client).send(new DeregisterImageCommand({ ImageId: id })),
  },
} satisfies Entry;
