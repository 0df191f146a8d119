import { addDays, dayOf, monthsBefore, periodOf } from "../model/calendar.ts";
import type { Day } from "../model/cost.ts";
import type { CostQuestion } from "../model/cost-question.ts";
import { type ErrorDetails, EvenkeelError, isError } from "../model/errors.ts";

/** Source: API reference, GetCostAndUsageWithResources, "TimePeriod". */
const RESOURCE_DAYS = 14;
/** Besides the current one. Source: Cost Management user guide, "Exploring more data for advanced cost analysis". */
const MONTHS = 13;
/** By the month, where an organization has switched it on; together with the current one 38. Source: the same page. */
const MONTHS_IF_SWITCHED_ON = 37;

type Asked = Pick<CostQuestion, "days" | "granularity" | "withResources">;

/** The first day that AWS keeps. @param now milliseconds since the epoch */
export function firstKept({ days, granularity, withResources }: Asked, now: number): Day {
  const today = dayOf(now);
  if (withResources) return addDays(today, -RESOURCE_DAYS);
  const isWhole = granularity === "monthly" && days.start.endsWith("-01");
  return monthsBefore(periodOf(today, "monthly"), isWhole ? MONTHS_IF_SWITCHED_ON : MONTHS);
}

/**
 * Refuses what AWS would refuse, which would cost a cent.
 * @throws EvenkeelError USAGE
 */
export function expectKept(question: Asked, now: number): void {
  const { start, end } = question.days;
  if (start < firstKept(question, now) || end < start || start > dayOf(now)) throw outside(question, now);
}

/** AWS's refusals of a period. Source: messages in github.com/aws/aws-sdk issues 590 and 381, boto/boto3 2369, aws-sdk-js 2732. */
const PERIOD = /\b14 (days|months)\b|too old|past the beginning of next month|before end date/;

const SWITCH_ON = [
  "allow ce:GetCostAndUsage (see `evenkeel iam policy --verb cost`)",
  "have the account's root user activate IAM access to Billing",
  "open Cost Explorer once in the Billing console, which switches it on; its data are there a day later",
  "in an organization, its management account must let member accounts see Cost Explorer",
].join("; ");

const SWITCH_ON_RESOURCES = [
  "allow ce:GetCostAndUsageWithResources",
  "in the Billing console, Cost Management preferences, Cost Explorer, switch on resource-level data at daily granularity",
  "its data are there within two days",
].join("; ");

/** What an error of Cost Explorer means to who asked; others are given back as they are. */
export function explorerError(error: unknown, question: CostQuestion, now: number): unknown {
  if (!isError(error)) return error;
  const awsCode = error.details.awsCode ?? "";
  const isPeriod = awsCode === "ValidationException" && PERIOD.test(error.message);
  if (awsCode === "BillExpirationException" || isPeriod) return outside(question, now, { cause: error, awsCode });
  if (error.code !== "ACCESS_DENIED" && awsCode !== "DataUnavailableException") return error;
  return new EvenkeelError("ACCESS_DENIED", error.message, {
    ...error.details,
    hint: question.withResources ? SWITCH_ON_RESOURCES : SWITCH_ON,
  });
}

function outside(question: Asked, now: number, details: ErrorDetails = {}): EvenkeelError {
  const { start, end } = question.days;
  const which = question.withResources
    ? "costs by resource of the last 14 days"
    : "costs of 13 months and the current one";
  const kept = firstKept({ ...question, granularity: "daily" }, now);
  const older = question.withResources
    ? "older costs by resource stand in a bill file: `--bill`"
    : "older costs stand in a bill file (`--bill`), or by whole months in Cost Explorer where multi-year data are switched on";
  return new EvenkeelError(
    "USAGE",
    `Cost Explorer keeps ${which}: ${kept} to ${dayOf(now)}; asked were ${start} to ${end}`,
    { ...details, hint: older },
  );
}
