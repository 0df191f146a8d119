import { z } from "zod";
import type { Region } from "../model/brand.ts";
import { isError } from "../model/errors.ts";
import type { Price } from "../model/price.ts";
import { readAll, type Store } from "./store.ts";

/** Prices of one service in one region by their query's key. */
export type PricePage = ReadonlyMap<string, Price>;

const PRICE = z.looseObject({
  amount: z.string().regex(/^\d+(\.\d+)?$/),
  currency: z.enum(["USD", "CNY"]),
  unit: z.string(),
  serviceCode: z.string(),
  region: z.string(),
  sku: z.string(),
  publishedAt: z.iso.datetime().optional(),
  fetchedAt: z.iso.datetime(),
});
const PAGE = z.object({ schema: z.literal(1), prices: z.record(z.string(), PRICE) });

const pathOf = (partition: string, region: Region, serviceCode: string) =>
  `prices/${partition}/${region}/${serviceCode}.json`;

/** What was read from AWS before. A page that is damaged or cannot be read is as none: AWS is asked again. */
export async function readPrices(
  store: Store,
  partition: string,
  region: Region,
  serviceCode: string,
): Promise<PricePage> {
  try {
    const bytes = await readAll(store, pathOf(partition, region, serviceCode));
    const parsed = PAGE.safeParse(JSON.parse(bytes?.toString("utf8") ?? "null"));
    return new Map(parsed.success ? (Object.entries(parsed.data.prices) as unknown as [string, Price][]) : []);
  } catch (error) {
    if (error instanceof SyntaxError || isError(error)) return new Map();
    throw error;
  }
}

/** @throws EvenkeelError STORE_FAILED */
export async function writePrices(
  store: Store,
  partition: string,
  region: Region,
  serviceCode: string,
  prices: PricePage,
): Promise<void> {
  const sorted = Object.fromEntries([...prices].sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = `${JSON.stringify({ schema: 1, prices: sorted }, undefined, 1)}\n`;
  await store.write(pathOf(partition, region, serviceCode), Buffer.from(text));
}
