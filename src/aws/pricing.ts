import { type Filter, PricingClient, paginateGetProducts } from "@aws-sdk/client-pricing";
import { type Region, region } from "../model/brand.ts";
import type { Currency } from "../model/money.ts";
import type { Priced, PriceQuery } from "../model/price.ts";
import type { Connection } from "./connection.ts";
import { priceOf } from "./price-list.ts";

/*
 * Where the Price List API answers, which has nothing to do with where a price holds. Partitions that have none here
 * sell at prices that their accounts cannot ask for.
 * Source: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/price-changes.html ; China: AWS SDK endpoints.
 */
const ENDPOINTS: Readonly<Record<string, string>> = { aws: "us-east-1", "aws-cn": "cn-northwest-1" };

export const currencyOf = (partition: string): Currency => (partition === "aws-cn" ? "CNY" : "USD");

/**
 * Asks AWS for the on-demand price of one product in one region.
 * @throws EvenkeelError what the call throws, ACCESS_DENIED among them
 */
export async function fetchPrice(
  { partition, clock, client }: Connection,
  query: PriceQuery,
  where: Region,
): Promise<Priced> {
  const endpoint = ENDPOINTS[partition];
  if (!endpoint) return { kind: "unpriced", reason: `the Price List API does not answer in partition ${partition}` };
  const filters = Object.entries({ ...query.filters, regionCode: where });
  const input = {
    ServiceCode: query.serviceCode,
    FormatVersion: "aws_v1",
    Filters: filters.map(([Field, Value]): Filter => ({ Type: "TERM_MATCH", Field, Value })),
  };
  const texts: string[] = [];
  const paging = { client: client(PricingClient, region(endpoint), "read"), pageSize: 100 };
  for await (const page of paginateGetProducts(paging, input)) texts.push(...(page.PriceList ?? []).map(String));
  return priceOf(texts, query, { region: where, currency: currencyOf(partition), now: clock.now() });
}
