import { COST_METRICS, GRANULARITIES } from "../../model/cost.ts";
import { command } from "../command.ts";
import { OUTPUTS } from "../options.ts";

export const COST = command({
  brief: "say what the baseline has cost and what the rest has",
  description:
    "Splits what was spent into what is in the baseline, what is not, and what can't be said of either. Bill files are exact; Cost Explorer is asked where none is given, resource by resource for the last fourteen days where the account has that switched on, else shared out by a rule that is stated. Each page that Cost Explorer answers costs a cent, and answers are kept for a day. Changes nothing.",
  examples: [
    { line: "evenkeel cost", says: "since the baseline, by month" },
    {
      line: "evenkeel cost --start-date 2026-02-01 --end-date 2026-02-28 --group-by service",
      says: "February by service",
    },
    {
      line: "evenkeel cost --bill 'cur/*.parquet' --granularity daily --group-by tag:team",
      says: "exact, from the bill",
    },
    { line: "evenkeel cost --promised --bill 'cur/*.parquet'", says: "whether pauses have saved what they promised" },
    {
      line: "evenkeel cost --bill s3://my-bills/export/data/ --output html > cost.html",
      says: "as a page with charts",
    },
  ],
  options: {
    bill: {
      kind: "list",
      placeholder: "FILE",
      brief:
        "a bill: CUR 2.0, legacy CUR or FOCUS, csv or parquet; a pattern in quotes, also s3://BUCKET/KEY; repeatable",
    },
    startDate: { kind: "text", placeholder: "DAY", brief: "first day, UTC (default: the baseline's)" },
    endDate: {
      kind: "text",
      placeholder: "DAY",
      brief: "last day, UTC, which counts (default: today, or the bill's last)",
    },
    granularity: { kind: "choice", values: GRANULARITIES, brief: "a row for each day or for each month (default)" },
    groupBy: {
      kind: "list",
      placeholder: "KEY",
      separator: ",",
      brief: "service, region, account, type or tag:KEY; repeatable",
    },
    metric: {
      kind: "choice",
      values: COST_METRICS,
      brief: "unblended (default), amortized (commitments spread), net (after discounts)",
    },
    resources: {
      kind: "switch",
      shown: "both",
      brief: "ask Cost Explorer resource by resource, or never (default: where it has the days)",
    },
    promised: { kind: "switch", brief: "what past pauses have promised, against what the bill shows; needs --bill" },
    currency: { kind: "text", placeholder: "CODE", brief: "only charges in this currency, of a bill that has several" },
    snapshot: { kind: "text", placeholder: "NAME", brief: "split by this snapshot instead of the baseline" },
    account: { kind: "text", placeholder: "ID", brief: "whose baseline (default: the caller's)" },
  },
  formats: [...OUTPUTS, "html"],
  cancelled: "Nothing was changed; what Cost Explorer has answered so far is kept for a day.",
});
