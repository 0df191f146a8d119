import { AwsFault } from "../../service.ts";

/** Members of an input that were given, out of a list of names. */
export function given<T extends object, K extends keyof T>(
  input: T,
  names: readonly K[],
): { [P in K]?: NonNullable<T[P]> } {
  const present = names.filter((name) => input[name] !== undefined);
  return Object.fromEntries(present.map((name) => [name, input[name]])) as { [P in K]?: NonNullable<T[P]> };
}

/** Default ports. Source: RDS API reference, CreateDBInstance and CreateDBCluster, Port. */
const PORTS: readonly (readonly [RegExp, number])[] = [
  [/postgres/, 5432],
  [/oracle/, 1521],
  [/sqlserver/, 1433],
  [/docdb/, 27017],
  [/neptune/, 8182],
  [/db2/, 50000],
];

export function portOf(engine: string): number {
  return PORTS.find(([pattern]) => pattern.test(engine))?.[1] ?? 3306;
}

/** A version that RDS offers when none is asked for. */
const VERSIONS: Readonly<Record<string, string>> = {
  mysql: "8.0.42",
  mariadb: "11.4.5",
  postgres: "17.5",
  "aurora-mysql": "8.0.mysql_aurora.3.08.2",
  "aurora-postgresql": "16.8",
  docdb: "5.0.0",
  neptune: "1.4.5.0",
};

export function versionOf(engine: string): string {
  return VERSIONS[engine] ?? "1.0";
}

export function securityGroups(ids: readonly string[] | undefined) {
  return (ids ?? []).map((VpcSecurityGroupId) => ({ VpcSecurityGroupId, Status: "active" }));
}

/** RDS pages: 20 to 100 records. Source: RDS API reference, DescribeDBInstances, MaxRecords. */
export const PAGE = { min: 20, max: 100, invalid: "InvalidParameterValue" } as const;

const WEEK_MS = 7 * 24 * 3_600_000;

/** RDS starts what was stopped for seven days. Source: RDS user guide, "Stopping an Amazon RDS DB instance temporarily". */
export function restartTime(now: number): string {
  return new Date(now + WEEK_MS).toISOString();
}

/** How long a stop and a start take, which AWS does not promise; minutes for an idle database. */
export const STOPPING_MS = 4 * 60_000;
export const STARTING_MS = 6 * 60_000;

/** Backups reach to about five minutes ago. Source: RDS user guide, "Restoring a DB instance to a specified time". */
export function latestRestorable(now: number): string {
  const FIVE_MINUTES_MS = 300_000;
  return new Date(Math.floor(now / FIVE_MINUTES_MS) * FIVE_MINUTES_MS).toISOString();
}

/** Whether a row has one of the values, for each of the filters. */
export function passes(
  filters: readonly { Name?: string | undefined; Values?: readonly string[] | undefined }[] | undefined,
  values: Readonly<Record<string, string | undefined>>,
): boolean {
  return (filters ?? []).every(({ Name = "", Values }) => {
    if (!(Name in values)) throw new AwsFault("InvalidParameterValue", `Unrecognized filter name: ${Name}`);
    const value = values[Name];
    return value !== undefined && (Values ?? []).some((wanted) => wanted === value || wanted.endsWith(`:${value}`));
  });
}

export function needsFinalSnapshot(input: {
  SkipFinalSnapshot?: boolean | undefined;
  FinalDBSnapshotIdentifier?: string | undefined;
}): void {
  if (input.SkipFinalSnapshot === true || input.FinalDBSnapshotIdentifier) return;
  throw new AwsFault(
    "InvalidParameterCombination",
    "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.",
  );
}
