import type { Expression, GroupDefinition } from "@aws-sdk/client-cost-explorer";
import { AwsFault, type Stored } from "../../service.ts";
import type { WorldCharge } from "./ledger.ts";

type Filter = Stored<Expression>;

export const invalid = (message: string) => new AwsFault("ValidationException", message);

const DIMENSIONS: Readonly<Record<string, (charge: WorldCharge) => string>> = {
  SERVICE: ({ service }) => service,
  RECORD_TYPE: ({ recordType }) => recordType,
  REGION: ({ region = "NoRegion" }) => region,
  LINKED_ACCOUNT: ({ account }) => account,
  USAGE_TYPE: ({ usageType = "NoUsageType" }) => usageType,
  RESOURCE_ID: ({ resource = "NoResourceId" }) => resource,
};

function dimension(key: string | undefined, withResources: boolean): (charge: WorldCharge) => string {
  const of = DIMENSIONS[key ?? ""];
  if (!of || (key === "RESOURCE_ID" && !withResources)) throw invalid(`Dimension ${key} is not allowed.`);
  return of;
}

/** The text by which a charge is grouped; a tag's is `KEY$VALUE`. */
export function groupKeys(
  groups: readonly Stored<GroupDefinition>[],
  withResources: boolean,
): (charge: WorldCharge) => string[] {
  if (groups.length > 2) throw invalid("Group by can have at most 2 items.");
  const keys = groups.map(({ Type, Key = "" }) => {
    if (Type === "TAG") return ({ tags }: WorldCharge) => `${Key}$${tags?.[Key] ?? ""}`;
    if (Type !== "DIMENSION") throw invalid(`Group by ${Type} is not simulated.`);
    return dimension(Key, withResources);
  });
  return (charge) => keys.map((keyOf) => keyOf(charge));
}

/** Whether a charge passes; an expression has one member, as AWS demands. */
export function passes(filter: Filter | undefined, withResources: boolean): (charge: WorldCharge) => boolean {
  if (!filter) return () => true;
  const [[member, value] = [], ...more] = Object.entries(filter).filter(([, each]) => each !== undefined);
  if (!member || more.length > 0) throw invalid("Expression must have exactly one root operator.");
  if (member === "And" || member === "Or") {
    const parts = value as Filter[];
    if (parts.length < 2) throw invalid(`${member} must have at least two operands.`);
    const tests = parts.map((part) => passes(part, withResources));
    return member === "And"
      ? (charge) => tests.every((test) => test(charge))
      : (charge) => tests.some((test) => test(charge));
  }
  const { Key = "", Values = [], MatchOptions = [] } = value as NonNullable<Filter["Tags"]>;
  if (MatchOptions.some((option) => option !== "EQUALS" && option !== "CASE_SENSITIVE"))
    throw invalid(`Match option ${MatchOptions.join(", ")} is not simulated.`);
  if (member === "Tags") return ({ tags }) => Values.includes(tags?.[Key] ?? "");
  if (member !== "Dimensions") throw invalid(`Filter ${member} is not simulated.`);
  const keyOf = dimension(Key, withResources);
  return (charge) => Values.includes(keyOf(charge));
}

/** Whether a filter or a part of it is by this dimension. */
export function filtersBy(filter: Filter | undefined, key: string): boolean {
  if (!filter) return false;
  return (
    filter.Dimensions?.Key === key || [...(filter.And ?? []), ...(filter.Or ?? [])].some((each) => filtersBy(each, key))
  );
}
