import type { Region } from "./brand.ts";
import type { Resource, ResourceType } from "./resource.ts";

/** Finds the resource that a link names: by its ARN or its id, among those of a type in a region. */
export type FindResource = (type: ResourceType, region: Region, name: string) => Resource | undefined;

export function resourceIndex(resources: Iterable<Resource>): FindResource {
  const known = new Map<string, Resource>();
  const key = (type: ResourceType, region: Region, name: string) => `${type} ${region} ${name}`;
  for (const resource of resources)
    for (const name of [resource.arn, resource.id]) known.set(key(resource.type, resource.region, name), resource);
  return (type, region, name) => known.get(key(type, region, name));
}
