import { factsOf } from "../catalog/registry.ts";
import { bondOf, relatedTypes } from "../catalog/relations.ts";
import { GLOBAL, type Region } from "../model/brand.ts";
import type { CoverageStatus } from "../model/coverage.ts";
import { isUnder } from "../model/path.ts";
import type { Link, Resource, ResourceType } from "../model/resource.ts";

/* What keeps a resource because nobody can say who uses or owns it. */

type Seen = (type: string, region: string) => CoverageStatus | "absent";

/** A service that a region does not have has nothing there that could use anything. */
export function isSeen(status: CoverageStatus | "absent"): boolean {
  return status === "complete" || status === "unsupported";
}

/** The region in which resources of a type stand that have to do with one of this region. */
function placeOf(type: ResourceType, region: Region): Region {
  return factsOf(type)?.scope === "global" ? GLOBAL : region;
}

/** What a link names and nobody saw is gone only where its type was seen completely. */
export function doubtOfUnseen({ type, to, kind }: Link, region: Region, seen: Seen): string | undefined {
  if (!factsOf(type)) {
    // Whatever an owner of a known kind has besides goes with it; a holder or an owner of an unknown kind may stay.
    return kind === "owns" ? undefined : `${to} (${type}) has to do with it, a type that is not in the catalog`;
  }
  return isSeen(seen(type, placeOf(type, region))) ? undefined : `${to} (${type}) has to do with it, and was not seen`;
}

/** A type of which one may use or own the resource, and that was not completely seen. @param regions of the account; undefined = not known */
export function doubtOfTypes(
  { type, region }: Resource,
  seen: Seen,
  regions: readonly Region[] | undefined,
): string | undefined {
  for (const related of relatedTypes(type)) {
    const isRegional = factsOf(related)?.scope === "regional";
    const everywhere = region === GLOBAL && isRegional;
    if (everywhere && !regions) return "it is not known which regions the account has, in which something may use it";
    const places = everywhere ? (regions ?? []) : [placeOf(related, region)];
    const blind = places.find((place) => !isSeen(seen(related, place)));
    if (blind) return `${related} in ${blind} was not completely seen, and one of them may use or own it`;
  }
  return undefined;
}

/** Resources of which it is known that they use something of a type, and not what: by its alias, or in a part that could not be read. */
export function vagueUses(resources: readonly Resource[]): (resource: Resource) => string | undefined {
  const doubts = new Map<string, string>();
  const add = (type: ResourceType, region: Region, why: string) => doubts.set(`${type} ${placeOf(type, region)}`, why);
  for (const resource of resources) {
    const { name, id, type, region, links, unknown = [] } = resource;
    for (const link of links)
      if (isAlias(link) && bondOf(type, link) === "needs")
        add(
          link.type,
          region,
          `${name ?? id} uses one of them by its alias ${link.to}, and which that is is not known`,
        );
    for (const fact of unknown.length > 0 ? (factsOf(type)?.links ?? []) : []) {
      const part = "typeAt" in fact ? undefined : unknown.find(({ path }) => isUnder(fact.path, path));
      if (part && !("typeAt" in fact))
        add(fact.to, region, `${part.path} of ${name ?? id} could not be read, which may name it: ${part.reason}`);
    }
  }
  return ({ type, region }) => doubts.get(`${type} ${region}`);
}

/** AWS's own keys have aliases that begin so, and are never removed. */
const AWS_ALIAS = /(^|:)alias\/aws\//;

function isAlias({ type, to }: Link): boolean {
  return type === "AWS::KMS::Key" && /(^|:)alias\//.test(to) && !AWS_ALIAS.test(to);
}
