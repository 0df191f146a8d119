import { HOUR_UNITS, type PriceQuery } from "../../model/price.ts";
import type { PricedCharge } from "../charges.ts";

/** Source: https://aws.amazon.com/vpc/pricing/, "Public IPv4 addresses": by the hour, in use and idle. */
const addressPrice = (usage: string): PriceQuery => ({
  serviceCode: "AmazonVPC",
  filters: {},
  usage: `PublicIPv4:${usage}`,
  units: HOUR_UNITS,
});

const address = (usage: string, count: number, stops: boolean): PricedCharge => ({
  part: "public IPv4 address",
  stops,
  price: addressPrice(usage),
  units: String(count),
  per: "hour",
});

export const inUseAddress = (count: number, stops: boolean) => address("InUseAddress", count, stops);
export const idleAddress = (count: number) => address("IdleAddress", count, false);
