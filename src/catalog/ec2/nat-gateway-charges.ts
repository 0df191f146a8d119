import { HOUR_UNITS } from "../../model/price.ts";
import { type Charges, textAt } from "../charges.ts";

/** Its Elastic IP addresses are counted as such. */
export const charges: Charges = ({ configuration, state }) => {
  if (state !== "available" && state !== "pending") return [];
  const traffic = { part: "traffic", stops: false, unpriced: "it costs by the GB that goes through it" } as const;
  if (textAt(configuration, "AvailabilityMode") === "regional")
    return [
      { part: "gateway", stops: false, unpriced: "a regional NAT gateway costs by the zones it is in just now" },
      traffic,
    ];
  const filters = { productFamily: "NAT Gateway", operation: "NatGateway" };
  const price = { serviceCode: "AmazonEC2", filters, usage: "NatGateway-Hours", units: HOUR_UNITS };
  return [{ part: "gateway", stops: false, price, units: "1", per: "hour" }, traffic];
};
