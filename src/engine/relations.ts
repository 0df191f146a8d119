import { factsOf } from "../catalog/registry.ts";
import { bondOf, isUpward, STACK } from "../catalog/relations.ts";
import { type Arn, GLOBAL, type Region } from "../model/brand.ts";
import { type Coverage, coverageIndex } from "../model/coverage.ts";
import type { Link, Resource, ScannedResource } from "../model/resource.ts";
import { resourceIndex } from "../model/resource-index.ts";
import { doubtOfTypes, doubtOfUnseen, isSeen, vagueUses } from "./doubts.ts";

/**
 * An owner of a resource, and whether its removal removes that (`with`; `along` where that can also go by itself) or that
 * must go before it (`together`).
 */
export interface Ownership {
  readonly owner: Arn;
  readonly how: "with" | "along" | "together";
}

/** Who uses, owns and takes what among the resources that were seen, as far as removing goes. */
export interface Relations {
  readonly resources: readonly ScannedResource[];
  resource(arn: string): Resource | undefined;
  /** Those that use it: they go first, and it stays as long as one of them does. */
  usersOf(arn: string): ReadonlySet<Arn>;
  usedBy(arn: string): ReadonlySet<Arn>;
  ownersOf(arn: string): readonly Ownership[];
  /** What goes with it, or must go before it. */
  ownedBy(arn: string): readonly Arn[];
  /** All of that, step by step down. */
  belowOf(arn: string): readonly Arn[];
  /** What it is a part of, whether that owns it or not. */
  wholesOf(arn: string): readonly Resource[];
  /** What it is a part of or attached to. */
  parentsOf(arn: string): readonly Resource[];
  /** Why it is not sure what it is a part of or attached to; undefined = all of that was seen, or is gone. */
  orphanDoubtOf(resource: Resource): string | undefined;
  /** Why it is not sure who uses it, owns it, or is owned by it; undefined = all was seen. */
  doubtOf(resource: Resource): string | undefined;
  /**
   * The same of a part of a stack that was looked around; types that nobody looked for count as seen. What other owners take
   * along was born with them.
   */
  partDoubtOf(resource: Resource): string | undefined;
  /** Why it is not sure that one that was not seen is gone; undefined = it is. */
  unseenDoubtOf(one: Pick<Resource, "type" | "region">): string | undefined;
}

/** What was seen, and the regions that a global resource may be used in; undefined = not known. */
export interface Surroundings {
  readonly resources: readonly ScannedResource[];
  readonly coverage: Coverage;
  readonly regions: readonly Region[] | undefined;
}

export function relationsOf({ resources, coverage, regions }: Surroundings): Relations {
  const byArn = new Map<string, ScannedResource>(resources.map((each) => [each.arn, each]));
  const find = resourceIndex(resources);
  const seen = coverageIndex(coverage);
  const users = new Map<string, Set<Arn>>();
  const used = new Map<string, Set<Arn>>();
  const owners = new Map<string, Ownership[]>();
  const owned = new Map<string, Arn[]>();
  const open = new Map<string, string>();
  const openInView = new Map<string, string>();
  const namesakes = namesIn(resources);
  const vague = vagueUses(resources);
  const uses = (user: Arn, other: Arn) => {
    put(users, other, user);
    put(used, user, other);
  };
  const owns = (owner: Arn, each: Arn, how: Ownership["how"]) => {
    owners.set(each, [...(owners.get(each) ?? []), { owner, how }]);
    owned.set(owner, [...(owned.get(owner) ?? []), each]);
  };
  const resolve = ({ type, to }: Link, region: Region) =>
    byArn.get(to) ?? find(type, region, to) ?? find(type, GLOBAL, to);

  const upward = (arn: string, isMeant: (kind: Link["kind"]) => boolean): Resource[] => {
    const { links = [], region } = byArn.get(arn) ?? {};
    const named = links.filter(({ kind }) => isMeant(kind));
    const linked = region ? named.flatMap((link) => resolve(link, region) ?? []) : [];
    return [...linked, ...(owners.get(arn) ?? []).flatMap(({ owner }) => byArn.get(owner) ?? [])];
  };

  const belowOf = (arn: string): readonly Arn[] => {
    const below = new Set(owned.get(arn));
    for (const each of below) for (const next of owned.get(each) ?? []) if (next !== arn) below.add(next);
    return [...below];
  };
  const inView: typeof seen = (type, region) => {
    const status = seen(type, region);
    return status === "absent" ? "complete" : status;
  };
  const everywhere = [...new Set(coverage.map(({ region }) => region))];

  for (const resource of byArn.values())
    for (const link of resource.links) {
      const bond = bondOf(resource.type, link);
      if (bond === "apart") continue;
      const other = resolve(link, resource.region);
      if (!other && bond === "needs") {
        // Some services name what they use by its name instead of its id.
        for (const each of namesakes(link, resource.region)) uses(resource.arn, each);
      } else if (!other) {
        for (const [doubts, look] of [[open, seen] as const, [openInView, inView] as const]) {
          const doubt = doubtOfUnseen(link, resource.region, look);
          if (doubt) doubts.set(resource.arn, doubt);
        }
      } else if (bond === "needs") uses(resource.arn, other.arn);
      else if (bond === "held-by") uses(other.arn, resource.arn);
      else if (bond === "goes-with") owns(other.arn, resource.arn, "with");
      else if (bond === "goes-along") owns(other.arn, resource.arn, "along");
      else if (bond === "takes") owns(resource.arn, other.arn, "with");
      else if (bond === "bound-to") owns(other.arn, resource.arn, "together");
      else owns(resource.arn, other.arn, "together");
    }
  return {
    resources,
    resource: (arn) => byArn.get(arn),
    usersOf: (arn) => users.get(arn) ?? NOBODY,
    usedBy: (arn) => used.get(arn) ?? NOBODY,
    ownersOf: (arn) => owners.get(arn) ?? [],
    ownedBy: (arn) => owned.get(arn) ?? [],
    belowOf,
    wholesOf: (arn) => upward(arn, (kind) => kind === "member-of"),
    parentsOf: (arn) => upward(arn, isUpward),
    orphanDoubtOf: ({ links, region }) => {
      const parents = links.filter(({ kind, type }) => isUpward(kind) && factsOf(type) !== undefined);
      const lost = parents.filter((link) => !resolve(link, region));
      return lost.flatMap((link) => doubtOfUnseen(link, region, seen) ?? [])[0];
    },
    doubtOf: (resource) => open.get(resource.arn) ?? doubtOfTypes(resource, seen, regions) ?? vague(resource),
    partDoubtOf: (resource) => {
      const isPart = owners.get(resource.arn)?.some(({ owner }) => byArn.get(owner)?.type === STACK);
      if (!isPart) return undefined;
      return openInView.get(resource.arn) ?? doubtOfTypes(resource, inView, regions ?? everywhere) ?? vague(resource);
    },
    unseenDoubtOf: ({ type, region }) =>
      isSeen(seen(type, region)) ? undefined : `${type} in ${region} could not be completely read`,
  };
}

/** Finds those of a type that are called so. */
function namesIn(resources: readonly Resource[]): (link: Link, region: Region) => readonly Arn[] {
  const byName = new Map<string, Set<Arn>>();
  for (const { type, region, name, arn } of resources) if (name) put(byName, `${type} ${region} ${name}`, arn);
  return ({ type, to }, region) =>
    [region, GLOBAL].flatMap((place) => [...(byName.get(`${type} ${place} ${to}`) ?? [])]);
}

const NOBODY: ReadonlySet<Arn> = new Set();

function put(map: Map<string, Set<Arn>>, key: string, value: Arn): void {
  const set = map.get(key) ?? new Set<Arn>();
  map.set(key, set.add(value));
}
