import {
  DeleteLaunchTemplateCommand,
  type DescribeLaunchTemplateVersionsRequest,
  EC2Client,
  type LaunchTemplate,
  type LaunchTemplateVersion,
  paginateDescribeLaunchTemplates,
  paginateDescribeLaunchTemplateVersions,
} from "@aws-sdk/client-ec2";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { orGone, type Parts, readParts, tagsOf, unknownOf, without } from "../reading.ts";
import { first } from "./reading.ts";

/** Template id -> number -> version. */
type Versions = ReadonlyMap<string, ReadonlyMap<number, LaunchTemplateVersion>>;
type Read = Parts<{ versions: Versions }>;

const pagingOf = (scope: ReadScope) => ({ client: scope.client(EC2Client), pageSize: scope.pageSize(200) });

/** Without a template in the request: of all templates, in one listing. */
async function versions(scope: ReadScope, request: DescribeLaunchTemplateVersionsRequest): Promise<Versions> {
  const known = new Map<string, Map<number, LaunchTemplateVersion>>();
  const input = { ...request, Versions: ["$Default", "$Latest"] };
  for await (const page of paginateDescribeLaunchTemplateVersions(pagingOf(scope), input))
    for (const version of page.LaunchTemplateVersions ?? []) {
      const id = version.LaunchTemplateId ?? "";
      const ofTemplate = known.get(id) ?? new Map<number, LaunchTemplateVersion>();
      known.set(id, ofTemplate.set(version.VersionNumber ?? 0, version));
    }
  return known;
}

const readVersions = (scope: ReadScope, request: DescribeLaunchTemplateVersionsRequest): Promise<Read> =>
  readParts<{ versions: Versions }>({ versions: () => versions(scope, request) });

async function* templates(scope: ReadScope, ids?: string[]): AsyncGenerator<LaunchTemplate> {
  const request = ids ? { LaunchTemplateIds: ids } : {};
  for await (const page of paginateDescribeLaunchTemplates(pagingOf(scope), request)) yield* page.LaunchTemplates ?? [];
}

function found(template: LaunchTemplate, read: Read): Found {
  const id = template.LaunchTemplateId ?? "";
  const known = read.values.versions?.get(id);
  const data = (number: number | undefined) => {
    const version = known?.get(number ?? 0);
    return version && without(version, "LaunchTemplateId", "LaunchTemplateName");
  };
  const newest = data(template.LatestVersionNumber);
  const standard = data(template.DefaultVersionNumber);
  // A version made between the two listings.
  const reason = read.unknown[0]?.reason ?? "the template changed while it was being read";
  const missing = (path: string, version: object | undefined) => (version ? [] : [{ path, reason }]);
  return {
    id,
    name: template.LaunchTemplateName,
    createdAt: template.CreateTime,
    tags: tagsOf(template.Tags),
    configuration: {
      ...without(template, "Tags", "LaunchTemplateId", "CreateTime"),
      DefaultVersion: standard,
      LatestVersion: newest,
    },
    ...unknownOf(missing("DefaultVersion", standard), missing("LatestVersion", newest)),
  };
}

async function* all(scope: ReadScope): AsyncGenerator<Found> {
  const read = await readVersions(scope, {});
  for await (const template of templates(scope)) yield found(template, read);
}

export default {
  list: all,

  async read(scope, id) {
    // No filter knows template ids.
    const template = await orGone(first(templates(scope, [id])));
    if (!template) return undefined;
    const read = await orGone(readVersions(scope, { LaunchTemplateId: id }));
    return read && found(template, read);
  },

  removal: {
    inspect: () => ({}),
    remove: (scope, { id }) => scope.writer(EC2Client).send(new DeleteLaunchTemplateCommand({ LaunchTemplateId: id })),
  },
  charges: free,
} satisfies Entry;
