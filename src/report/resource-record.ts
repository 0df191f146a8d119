import type { Resource } from "../model/resource.ts";

/** The columns of a resource in CSV. */
export const RESOURCE_TITLES = [
  "arn",
  "type",
  "id",
  "name",
  "account",
  "region",
  "createdAt",
  "state",
  "tags",
  "fingerprint",
  "configuration",
] as const;

/** One resource as a CSV record; tags and configuration are JSON within their cell. */
export function resourceRecord(resource: Resource): (string | undefined)[] {
  const { arn, type, id, name, account, region, createdAt, state, tags, fingerprint, configuration } = resource;
  return [
    arn,
    type,
    id,
    name,
    account,
    region,
    createdAt,
    state,
    JSON.stringify(tags),
    fingerprint,
    JSON.stringify(configuration),
  ];
}
