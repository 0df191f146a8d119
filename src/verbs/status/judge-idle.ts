import type { DimensionSource, IdleFacts, IdleSign } from "../../catalog/idle.ts";
import type { IsoInstant } from "../../model/brand.ts";
import { valuesAt } from "../../model/path.ts";
import type { Resource } from "../../model/resource.ts";
import type { Idleness } from "./result.ts";

const HOUR_MS = 3_600_000;

/** What was read of a sign; undefined = AWS gave a part of it only. */
export interface Answer {
  readonly sign: IdleSign;
  /** One value an hour, where there is one. */
  readonly values: readonly number[] | undefined;
}

/** One that AWS gives no creation date of is told by its data: before it was made there is none. */
export function tooYoung(createdAt: IsoInstant | undefined, hours: number, now: number): boolean {
  return createdAt !== undefined && now - Date.parse(createdAt) < hours * HOUR_MS;
}

/** The series of a resource, each by its dimensions; none where a dimension's value is not known. */
export function dimensionsOf(
  resource: Pick<Resource, "id" | "arn" | "configuration">,
  { dimensions }: IdleFacts,
): Readonly<Record<string, string>>[] {
  return Object.entries(dimensions).reduce<Record<string, string>[]>(
    (series, [name, source]) =>
      series.flatMap((each) => valuesOf(resource, source).map((value) => ({ ...each, [name]: value }))),
    [{}],
  );
}

function valuesOf(
  { id, arn, configuration }: Pick<Resource, "id" | "arn" | "configuration">,
  source: DimensionSource,
): string[] {
  if (source.from === "configuration") return valuesAt(configuration, source.path).map(String);
  const value =
    source.from === "arn" ? arn.split(source.after)[1] : source.part === undefined ? id : id.split("/")[source.part];
  return value ? [value] : [];
}

/**
 * Busy where any sign is not quiet. Idle only where every hour of all signs has its value and all are quiet: an hour
 * without data may be one in which it was used, or did not run. Pure.
 */
export function judgeIdle(answers: readonly Answer[], hours: number): Idleness {
  const days = countOfDays(hours);
  const measured = answers.flatMap(({ sign, values }) =>
    values && values.length > 0 ? [{ sign, values, amount: amountOf(sign, values) }] : [],
  );
  const loud = measured.find(({ sign, amount }) => amount >= sign.below);
  if (loud) return { kind: "busy", says: `${textOf(loud.sign, loud.amount)} in ${days}` };
  if (answers.some(({ values }) => values === undefined))
    return { kind: "unknown", says: "CloudWatch gave only a part of the data" };
  if (measured.length === 0) return { kind: "no data", says: `CloudWatch has no data of ${days}` };
  const fewest = Math.min(...answers.map(({ values }) => values?.length ?? 0));
  if (fewest < hours) return { kind: "no data", says: `CloudWatch has data of ${fewest} of ${hours} hours` };
  return { kind: "idle", says: `${measured.map(({ sign, amount }) => textOf(sign, amount)).join(", ")} in ${days}` };
}

function amountOf({ statistic }: IdleSign, values: readonly number[]): number {
  return statistic === "Sum" ? values.reduce((total, each) => total + each, 0) : Math.max(...values);
}

/** `CPUUtilization at most 1 %`, `RequestCount 24 requests`. */
function textOf({ metric, statistic, unit }: IdleSign, amount: number): string {
  const shown = Number(amount.toFixed(2)).toLocaleString("en-US");
  return `${metric} ${statistic === "Maximum" ? "at most " : ""}${shown}${unit}`;
}

function countOfDays(hours: number): string {
  return hours === 24 ? "1 day" : `${hours / 24} days`;
}
