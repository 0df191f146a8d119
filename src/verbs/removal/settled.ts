import type { Resource, ResourceType } from "../../model/resource.ts";
import type { Before, Fates } from "./fates.ts";
import type { Candidate, RemovalPolicy } from "./plan.ts";

/** Who goes and who stays, as it was found out; what goes along with whom, and who goes before whom, follows from it. */
export function settled(
  candidates: readonly Candidate[],
  { relations }: RemovalPolicy,
  {
    going,
    reasons,
    remover,
  }: {
    readonly going: ReadonlyMap<string, Candidate>;
    readonly reasons: ReadonlyMap<string, string>;
    readonly remover: (arn: string) => string | undefined;
  },
): Fates {
  const removed = [...going.values()].filter(({ resource }) => remover(resource.arn) === resource.arn);
  const taken = new Map<string, string[]>();
  const along = new Map<string, { resource: Resource; owner: Resource }>();
  const follow = (owner: Resource, arn: string) => {
    for (const each of relations.ownedBy(arn)) {
      const resource = relations.resource(each);
      if (!resource || along.has(each) || remover(each) !== owner.arn || each === owner.arn) continue;
      along.set(each, { resource, owner: relations.resource(arn) ?? owner });
      taken.set(owner.arn, [...(taken.get(owner.arn) ?? []), each]);
      follow(owner, each);
    }
  };
  for (const { resource } of removed) follow(resource, resource.arn);
  const kept = candidates
    .filter(({ resource }) => !along.has(resource.arn) && !going.has(resource.arn))
    .map(({ resource }) => ({ resource, reason: reasons.get(resource.arn) ?? "it stays" }));
  const before = (arn: string): Before[] => {
    const group = [arn, ...(taken.get(arn) ?? [])];
    const users = group.flatMap((each) => [...relations.usersOf(each)]);
    const members = relations.ownedBy(arn).filter((each) => going.has(each) && remover(each) === each);
    return [...users, ...members].flatMap((each): Before[] => {
      const by = remover(each);
      const type = relations.resource(each)?.type;
      if (by === undefined || by === arn || !type) return [];
      // It lets go only when its owner is gone, and that one waits for this: a VPC's main route table and what it leads to.
      if (by !== each && [...relations.usersOf(by)].some((user) => user === arn)) return [];
      return [{ arn: by, type, inner: by !== each }];
    });
  };
  const attached = new Map<string, Resource[]>();
  for (const resource of [...removed, ...along.values()].map((each) => each.resource))
    for (const { arn } of relations.parentsOf(resource.arn))
      attached.set(arn, [...(attached.get(arn) ?? []), resource]);
  const beside = (arn: string, types: readonly ResourceType[]) =>
    relations
      .parentsOf(arn)
      .flatMap((parent) =>
        (attached.get(parent.arn) ?? [])
          .filter((each) => types.includes(each.type))
          .flatMap((each) => remover(each.arn) ?? []),
      );
  return { removed, along: [...along.values()], kept, before, beside };
}
