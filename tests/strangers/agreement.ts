import type { Resource } from "../../src/model/resource.ts";
import type { Made } from "../moto/made.ts";

/** Whether a stranger's row and our resource are the same thing, by whatever either calls it. */
export function isSame(
  one: Pick<Made, "id" | "arn">,
  { arn, id, name }: Pick<Resource, "arn" | "id" | "name">,
): boolean {
  const ours: readonly (string | undefined)[] = [arn, id, name];
  return ours.includes(one.id) || (one.arn !== undefined && ours.includes(one.arn));
}

/** What only one of them sees, as readable lines; empty = they agree. */
export function disagreements(theirs: readonly Made[], ours: readonly Resource[]): string[] {
  const only = theirs.filter((one) => !ours.some((resource) => isSame(one, resource)));
  const left = ours.filter((resource) => !theirs.some((one) => isSame(one, resource)));
  return [
    ...only.map(({ type, region, id }) => `only they see ${type} ${id} in ${region}`),
    ...left.map(({ type, region, id }) => `only we see ${type} ${id} in ${region}`),
  ].sort();
}
