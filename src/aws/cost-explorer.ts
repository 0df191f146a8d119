import {
  CostExplorerClient,
  type Expression,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandOutput,
  GetCostAndUsageWithResourcesCommand,
  type GroupDefinition,
  type ResultByTime,
} from "@aws-sdk/client-cost-explorer";
import { region } from "../model/brand.ts";
import { addDays, day, periodOf } from "../model/calendar.ts";
import type { CostMetric, Day, Days } from "../model/cost.ts";
import type { CostAnswer, CostKey, CostLine, CostQuestion } from "../model/cost-question.ts";
import { EvenkeelError, isError } from "../model/errors.ts";
import { amount } from "../model/money.ts";
import type { Connection } from "./connection.ts";
import { explorerError } from "./cost-explorer-errors.ts";

/*
 * Where Cost Explorer answers, for all regions of a partition. In GovCloud it does not: its bill is that of the account in
 * the commercial partition that belongs to it.
 * Source: endpoint rules of the AWS SDK's client; GovCloud user guide, "Billing and payment".
 */
const ENDPOINTS: Readonly<Record<string, string>> = {
  aws: "us-east-1",
  "aws-cn": "cn-northwest-1",
  "aws-iso": "us-iso-east-1",
  "aws-iso-b": "us-isob-east-1",
  "aws-iso-e": "eu-isoe-west-1",
  "aws-iso-f": "us-isof-south-1",
  "aws-eusc": "eusc-de-east-1",
};

/** Source: API reference, GetCostAndUsage, "Metrics". Net = unblended after discounts. */
const METRICS: Readonly<Record<CostMetric, string>> = {
  unblended: "UnblendedCost",
  amortized: "AmortizedCost",
  net: "NetUnblendedCost",
};

/** What Cost Explorer says where a sum belongs to no resource, or to no region. */
const NONE: readonly string[] = ["NoResourceId", "NoRegion"];

/**
 * The whole answer to a question, all its pages.
 * @param beforeRequest called before each page, which costs a cent; what it throws ends the asking
 * @throws EvenkeelError USAGE outside what AWS keeps, ACCESS_DENIED with what to switch on, UNSUPPORTED
 */
export async function askCosts(
  connection: Connection,
  question: CostQuestion,
  beforeRequest: () => Promise<void>,
): Promise<CostAnswer> {
  const { partition, clock } = connection;
  const endpoint = ENDPOINTS[partition];
  if (!endpoint)
    throw new EvenkeelError("UNSUPPORTED", `Cost Explorer does not answer in partition ${partition}`, {
      hint: "take a bill file: `--bill`; GovCloud's costs are told in the commercial account that pays for it",
    });
  const client = connection.client(CostExplorerClient, region(endpoint), "read");
  const ask = async (NextPageToken: string | undefined) => {
    await beforeRequest();
    const input = { ...inputOf(question), NextPageToken };
    try {
      if (!question.withResources) return await client.send(new GetCostAndUsageCommand(input));
      return await client.send(new GetCostAndUsageWithResourcesCommand({ ...input, Filter: filterOf(question.only) }));
    } catch (error) {
      throw explorerError(error, question, clock.now());
    }
  };
  try {
    return answerOf(question, await pagesOf(ask));
  } catch (error) {
    if (!isStale(error)) throw error;
    return answerOf(question, await pagesOf(ask));
  }
}

type Page = Pick<GetCostAndUsageCommandOutput, "NextPageToken" | "ResultsByTime">;

async function pagesOf(ask: (token: string | undefined) => Promise<Page>): Promise<Page[]> {
  const pages: Page[] = [];
  let token: string | undefined;
  do {
    const page = await ask(token);
    pages.push(page);
    token = page.NextPageToken;
  } while (token);
  return pages;
}

/** The data changed between two pages, or AWS has forgotten the place: the pages so far do not belong together. */
function isStale(error: unknown): boolean {
  return isError(error) && /^(RequestChanged|InvalidNextToken)/.test(error.details.awsCode ?? "");
}

function inputOf({ days, granularity, metric, groupBy, only }: CostQuestion) {
  return {
    TimePeriod: timePeriod(days),
    Granularity: granularity === "daily" ? ("DAILY" as const) : ("MONTHLY" as const),
    Metrics: [METRICS[metric]],
    GroupBy: groupBy.map(groupOf),
    ...(only.length > 0 ? { Filter: filterOf(only) } : {}),
  };
}

/** AWS's end is the first day that does not count. Source: API reference, GetCostAndUsage, "TimePeriod". */
function timePeriod({ start, end }: Days): { Start: Day; End: Day } {
  return { Start: start, End: addDays(end, 1) };
}

function groupOf(key: CostKey): GroupDefinition {
  const tag = tagOf(key);
  return tag === undefined ? { Type: "DIMENSION", Key: key } : { Type: "TAG", Key: tag };
}

function filterOf(only: CostQuestion["only"]): Expression {
  const [first, ...more] = only.map(
    ({ key, values }): Expression => ({ Dimensions: { Key: key, Values: [...values] } }),
  );
  return first && more.length === 0 ? first : { And: [...(first ? [first] : []), ...more] };
}

function tagOf(key: CostKey): string | undefined {
  return key.startsWith("TAG:") ? key.slice("TAG:".length) : undefined;
}

function answerOf(question: CostQuestion, pages: readonly Page[]): CostAnswer {
  const results = pages.flatMap(({ ResultsByTime }) => ResultsByTime ?? []);
  const metric = METRICS[question.metric];
  const units = results.flatMap(({ Total, Groups }) =>
    [Total ?? {}, ...(Groups ?? []).map(({ Metrics }) => Metrics ?? {})].map((metrics) => metrics[metric]?.Unit),
  );
  return {
    lines: results.flatMap((result) => linesOf(question, metric, result)),
    // What costs nothing may come without a currency.
    currencies: [
      ...new Set(units.filter((unit) => unit !== undefined && unit !== "" && unit !== "N/A")),
    ].sort() as string[],
    estimated: [...new Set(results.filter(({ Estimated }) => Estimated).map(startOf))].sort(),
    pages: pages.length,
  };
}

function linesOf({ groupBy, granularity }: CostQuestion, metric: string, result: ResultByTime): CostLine[] {
  const period = periodOf(startOf(result), granularity);
  return (result.Groups ?? []).map(({ Keys = [], Metrics = {} }) => ({
    period,
    keys: groupBy.map((key, at) => textOf(key, Keys[at] ?? "")),
    amount: amount(Metrics[metric]?.Amount ?? "0"),
  }));
}

/** With resources AWS writes an instant, else a day. */
function startOf({ TimePeriod }: ResultByTime): Day {
  return day((TimePeriod?.Start ?? "").slice(0, 10));
}

/** A tag's group is `KEY$VALUE`. Source: API reference, GetCostAndUsage, its example of a group by tag. */
function textOf(key: CostKey, group: string): string {
  const tag = tagOf(key);
  if (tag !== undefined) return group.startsWith(`${tag}$`) ? group.slice(tag.length + 1) : group;
  return NONE.includes(group) ? "" : group;
}
