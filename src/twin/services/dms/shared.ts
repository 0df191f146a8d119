import type { Filter } from "@aws-sdk/client-database-migration-service";
import { AwsFault, type Stored } from "../../service.ts";

/** DMS pages: 20 to 100 records. Source: DMS API reference, DescribeReplicationTasks, MaxRecords. */
export const PAGE = { min: 20, max: 100, invalid: "InvalidParameterValueException" } as const;

export const notFound = (what: string) => new AwsFault("ResourceNotFoundFault", what);
export const inState = (what: string) => new AwsFault("InvalidResourceStateFault", what);

/** What filters of these names compare; of another name nothing is known. Filters that fit nothing are an error in DMS. */
export function filtered<T>(
  all: readonly T[],
  filters: readonly Stored<Filter>[] | undefined,
  members: Readonly<Record<string, keyof T>>,
): T[] {
  for (const { Name } of filters ?? [])
    if (!members[Name ?? ""]) throw new AwsFault("InvalidParameterValueException", `Invalid filter name: ${Name}`);
  const fits = (row: T) =>
    (filters ?? []).every(({ Name, Values }) => Values?.includes(String(row[members[Name ?? ""] as keyof T])));
  const found = all.filter(fits);
  if (filters?.length && found.length === 0) throw notFound("No resources found matching provided filters");
  return found;
}
