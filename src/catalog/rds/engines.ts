/** Whose a cluster or an instance is, by its engine: DocumentDB and Neptune answer under the RDS API, too. */
export type EngineOwner = "rds" | "docdb" | "neptune";

/** The engines that are not RDS's own; they stop, start and cost by other rules. */
const OTHERS = ["docdb", "neptune"] as const satisfies readonly EngineOwner[];

/** The owner of an engine: every cluster and instance is of one type and of no other. */
export function ownerOf(engine: string | undefined): EngineOwner {
  return OTHERS.find((other) => engine?.startsWith(other)) ?? "rds";
}

/**
 * Leaves the listing to AWS where it has a word for what is wanted; RDS's own engines are too many to name.
 * Source: DocumentDB and Neptune API references, DescribeDBClusters and DescribeDBInstances, filter `engine`.
 */
export function engineFilter(owner: EngineOwner): { Filters?: { Name: string; Values: string[] }[] } {
  return owner === "rds" ? {} : { Filters: [{ Name: "engine", Values: [owner] }] };
}
