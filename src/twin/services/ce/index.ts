import { createHash } from "node:crypto";
import type { GetCostAndUsageRequest } from "@aws-sdk/client-cost-explorer";
import { type Amount, sum } from "../../../model/money.ts";
import { AwsFault, type Call, type Stored, service } from "../../service.ts";
import { filtersBy, groupKeys, invalid, passes } from "./groups.ts";
import { amountOf, knownCharges, type WorldCharge } from "./ledger.ts";
import { checkPeriod, periodsOf } from "./periods.ts";

type Request = Stored<GetCostAndUsageRequest>;

/** Far fewer than AWS's, so that pages are followed in every test. */
const GROUPS_A_PAGE = 12;
const METRICS: readonly string[] = ["AmortizedCost", "BlendedCost", "NetUnblendedCost", "UnblendedCost"];
const ENDPOINT = "us-east-1";

interface Row {
  readonly period: { readonly Start: string; readonly End: string };
  /** Absent = nothing was charged in the period. */
  readonly keys?: readonly string[];
  readonly charges: readonly WorldCharge[];
}

/** AWS calls a month estimated until its bill is final, some days into the next. */
const FINAL_DAYS = 5;

function answer(request: Request, call: Call, withResources: boolean): object {
  if (call.region !== ENDPOINT)
    throw new AwsFault("UnknownOperationException", `Cost Explorer does not answer in ${call.region}.`, 404);
  const { TimePeriod, Granularity = "", Metrics = [], GroupBy = [], Filter, NextPageToken } = request;
  const asked = { start: TimePeriod?.Start ?? "", end: TimePeriod?.End ?? "", granularity: Granularity };
  checkPeriod(asked, withResources, call);
  const unknown = Metrics.find((metric) => !METRICS.includes(metric));
  if (unknown !== undefined || Metrics.length === 0) throw invalid(`Metric ${unknown ?? ""} is not simulated.`);

  const keysOf = groupKeys(GroupBy, withResources);
  const charges = knownCharges(call).filter(passes(Filter, withResources));
  const rows = periodsOf(asked).flatMap((period): Row[] => {
    const inside = charges.filter(({ day }) => day >= period.Start && day < period.End);
    const groups = new Map<string, WorldCharge[]>();
    for (const charge of GroupBy.length > 0 ? inside : []) {
      const key = JSON.stringify(keysOf(charge));
      groups.set(key, [...(groups.get(key) ?? []), charge]);
    }
    if (groups.size === 0) return [{ period, charges: inside }];
    return [...groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, of]) => ({ period, keys: JSON.parse(key), charges: of }));
  });
  const { page, next } = pageOf(rows, request, {
    token: NextPageToken,
    size: call.world.chargesAPage ?? GROUPS_A_PAGE,
  });
  return {
    GroupDefinitions: GroupBy,
    ResultsByTime: resultsOf(page, Metrics, withResources, call),
    DimensionValueAttributes: [],
    NextPageToken: next,
  };
}

/** A token belongs to its request. Source: API reference, GetCostAndUsage, "Errors". */
function pageOf(
  rows: readonly Row[],
  { NextPageToken: _, ...request }: Request,
  { token, size }: { readonly token: string | undefined; readonly size: number },
) {
  const digest = createHash("sha256").update(JSON.stringify(request)).digest("hex").slice(0, 8);
  const [of, at] = token === undefined ? [digest, "0"] : Buffer.from(token, "base64url").toString().split(":");
  const start = Number(at);
  if (!of || !Number.isInteger(start) || start < 0)
    throw new AwsFault("InvalidNextTokenException", "Invalid token specified.");
  if (of !== digest) throw new AwsFault("RequestChangedException", "Request parameters have changed between pages.");
  const end = start + size;
  const next = end < rows.length ? Buffer.from(`${digest}:${end}`).toString("base64url") : undefined;
  return { page: rows.slice(start, end), next };
}

function resultsOf(rows: readonly Row[], metrics: readonly string[], withResources: boolean, call: Call): object[] {
  const results = new Map<string, { TimePeriod: object; Total: object; Groups: object[]; Estimated: boolean }>();
  for (const { period, keys, charges } of rows) {
    // With resources AWS writes instants.
    const [Start, End] = withResources
      ? [`${period.Start}T00:00:00Z`, `${period.End}T00:00:00Z`]
      : [period.Start, period.End];
    const result = results.get(Start) ?? {
      TimePeriod: { Start, End },
      Total: {},
      Groups: [],
      Estimated: isEstimated(period.End, call),
    };
    results.set(Start, result);
    const sums = Object.fromEntries(metrics.map((metric) => [metric, metricOf(charges, metric)]));
    if (keys) result.Groups.push({ Keys: keys, Metrics: sums });
    else result.Total = sums;
  }
  return [...results.values()];
}

function metricOf(charges: readonly WorldCharge[], metric: string): { Amount: string; Unit: string } {
  return { Amount: sum(charges.map((charge) => amountOf(charge, metric) as Amount)), Unit: "USD" };
}

function isEstimated(end: string, { millis }: Call): boolean {
  const last = new Date(Date.parse(end) - 1);
  return millis() < Date.UTC(last.getUTCFullYear(), last.getUTCMonth() + 1, 1 + FINAL_DAYS);
}

export const ce = service(
  { namespace: "com.amazonaws.costexplorer", signingName: "ce" },
  () => import("@aws-sdk/client-cost-explorer"),
  {
    GetCostAndUsage: (input, call) => answer(input, call, false),

    GetCostAndUsageWithResources(input, call) {
      const { Filter, GroupBy = [] } = input;
      if (!call.accountRow.costsByResource)
        throw new AwsFault(
          "DataUnavailableException",
          "Data is not available. Please try to adjust the time period. If just enabled Cost Explorer, data might not be ingested yet",
        );
      if (!filtersBy(Filter, "SERVICE")) throw invalid("A filter by SERVICE is required.");
      if (!filtersBy(Filter, "RESOURCE_ID") && !GroupBy.some(({ Key }) => Key === "RESOURCE_ID"))
        throw invalid("Group by or filter by RESOURCE_ID is required.");
      return answer({ Metrics: [], ...input }, call, true);
    },
  },
);
