/** ElastiCache pages: 20 to 100 records. Source: ElastiCache API reference, DescribeCacheClusters, MaxRecords. */
export const PAGE = { min: 20, max: 100, invalid: "InvalidParameterValue" } as const;

/** How long AWS takes, which it does not promise: minutes. */
export const CREATING_MS = 8 * 60_000;
export const CHANGING_MS = 2 * 60_000;
export const DELETING_MS = 5 * 60_000;

/** Members of an input that were given, out of a list of names. */
export function given<T extends object>(input: T, names: readonly (keyof T)[]): Partial<T> {
  const present = names.filter((name) => input[name] !== undefined);
  return Object.fromEntries(present.map((name) => [name, input[name]])) as Partial<T>;
}
