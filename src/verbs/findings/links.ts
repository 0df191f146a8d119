import type { Facts } from "../../catalog/contract.ts";
import { FACTS } from "../../catalog/registry.ts";
import type { ResourceType, ScannedResource } from "../../model/resource.ts";

/** The types whose resources may link to one of this type, by the catalog's facts. */
export function typesLinkingTo(type: ResourceType): ResourceType[] {
  return FACTS.filter(({ links }: Facts) => links.some((link) => "to" in link && link.to === type)).map(
    (facts) => facts.type,
  );
}

/** Finds who links to a resource, by its ARN or its id, within its region. */
export function linkIndex(
  resources: readonly ScannedResource[],
): (resource: ScannedResource) => readonly ScannedResource[] {
  const known = new Map<string, ScannedResource[]>();
  for (const each of resources)
    for (const { type, to } of each.links) {
      const key = `${type} ${each.region} ${to}`;
      const linking = known.get(key);
      if (linking) linking.push(each);
      else known.set(key, [each]);
    }
  return ({ type, region, arn, id }) => [
    ...new Set([arn, id].flatMap((name) => known.get(`${type} ${region} ${name}`) ?? [])),
  ];
}
