import type { Change, PropertyChange } from "../../model/delta.ts";
import type { ChangeCategory } from "../../model/property-rules.ts";
import { propertiesOf } from "./item.ts";

/** Every category, the gravest first. */
export const CATEGORIES: readonly ChangeCategory[] = [
  "security exposure",
  "permissions",
  "configuration",
  "capacity",
  "tags",
];

/** Security exposure and permissions: what must not be overlooked in any format. */
export function isGrave(property: Pick<PropertyChange, "category">): boolean {
  return property.category === "security exposure" || property.category === "permissions";
}

/** The categories of some properties, each once, the gravest first. */
export function categoriesOf(properties: readonly PropertyChange[]): ChangeCategory[] {
  return CATEGORIES.filter((category) => properties.some((property) => property.category === category));
}

/** For people: grave changes first, then by type, region and name. Formats for machines keep the ARN order. */
export function byGravity(changes: readonly Change[]): Change[] {
  const keyed = changes.map((change) => ({ change, key: sortKey(change) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ change }) => change);
}

function sortKey(change: Change): string {
  const { type, region, name, id } = "resource" in change ? change.resource : change.after;
  const rank = propertiesOf(change).some((property) => isGrave(property) && !property.controlledBy) ? 0 : 1;
  return [rank, type, region, name ?? id, id].join("\0");
}
