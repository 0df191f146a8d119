import pLimit from "p-limit";
import type { Region } from "../model/brand.ts";
import { type Priced, type PriceQuery, priceKey } from "../model/price.ts";
import { type PricePage, readPrices, writePrices } from "../store/prices.ts";
import type { Store } from "../store/store.ts";
import type { Connection } from "./connection.ts";
import { currencyOf, fetchPrice } from "./pricing.ts";

/** Prices, from the store where they are fresh, else from AWS; where AWS does not answer, old ones with their date. */
export interface PriceBook {
  /** Never throws but on cancellation. Equal questions are asked once. */
  price(query: PriceQuery, region: Region): Promise<Priced>;
  /** Keeps what was learnt, and says why AWS could not be asked; undefined = it could. */
  close(): Promise<string | undefined>;
}

const FRESH_MS = 30 * 24 * 3_600_000;
const AT_ONCE = 16;

interface Page {
  readonly region: Region;
  readonly serviceCode: string;
  readonly known: PricePage;
  readonly learnt: Map<string, Extract<Priced, { kind: "price" }>["price"]>;
}

/** @param late ends the waiting for AWS, from the first question on: a person waits for the plan */
export function priceBook(
  connection: Connection,
  store: Store,
  { signal, late }: { readonly signal: AbortSignal; readonly late: () => Promise<"late"> },
): PriceBook {
  const { partition, clock } = connection;
  const pages = new Map<string, Promise<Page>>();
  const asked = new Map<string, Promise<Priced>>();
  const limit = pLimit(AT_ONCE);
  let trouble: string | undefined;

  const pageOf = (region: Region, serviceCode: string) =>
    once(pages, `${region}/${serviceCode}`, async (): Promise<Page> => {
      const known = await readPrices(store, partition, region, serviceCode);
      return { region, serviceCode, known, learnt: new Map() };
    });

  const fromAws = async (query: PriceQuery, region: Region): Promise<Priced | undefined> => {
    if (trouble !== undefined) return undefined;
    try {
      const answer = await Promise.race([fetchPrice(connection, query, region), late()]);
      if (answer !== "late") return answer;
      trouble ??= "AWS's price list gave no answer in time";
    } catch (error) {
      signal.throwIfAborted();
      trouble ??= error instanceof Error ? error.message : String(error);
    }
    return undefined;
  };

  const look = async (query: PriceQuery, region: Region): Promise<Priced> => {
    const page = await pageOf(region, query.serviceCode);
    const key = priceKey(query);
    const kept = page.known.get(key);
    const old = kept?.currency === currencyOf(partition) ? kept : undefined;
    if (old && clock.now() - Date.parse(old.fetchedAt) < FRESH_MS) return { kind: "price", price: old };
    const answer = await limit(() => fromAws(query, region));
    if (answer?.kind === "price") page.learnt.set(key, answer.price);
    if (answer) return answer;
    return old ? { kind: "price", price: old } : { kind: "unpriced", reason: `no price could be read: ${trouble}` };
  };

  return {
    price: (query, region) => once(asked, `${region}/${priceKey(query)}`, () => look(query, region)),
    async close() {
      for (const page of await Promise.all(pages.values())) {
        if (page.learnt.size === 0) continue;
        const { region, serviceCode, known, learnt } = page;
        try {
          await writePrices(store, partition, region, serviceCode, new Map([...known, ...learnt]));
        } catch (error) {
          trouble ??= `the prices could not be kept: ${error instanceof Error ? error.message : String(error)}`;
        }
      }
      return trouble;
    },
  };
}

function once<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = made.get(key) ?? make();
  made.set(key, known);
  return known;
}
