import { HOUR_UNITS } from "../../model/price.ts";
import { type Charges, textAt } from "../charges.ts";

/** Source: https://aws.amazon.com/privatelink/pricing/: by the hour in each zone; gateway endpoints cost nothing. */
export const charges: Charges = ({ configuration }) => {
  const type = textAt(configuration, "VpcEndpointType");
  if (type === "Gateway") return [];
  if (type !== "Interface")
    return [
      { part: "endpoint", stops: false, unpriced: `endpoints of type ${type || "unknown"} have prices of their own` },
    ];
  const zones = Array.isArray(configuration.SubnetIds) ? configuration.SubnetIds.length : 0;
  const filters = { productFamily: "VpcEndpoint", endpointType: "PrivateLink" };
  const price = { serviceCode: "AmazonVPC", filters, usage: "VpcEndpoint-Hours", units: HOUR_UNITS };
  return [
    ...(zones > 0 ? [{ part: "endpoint", stops: false, price, units: String(zones), per: "hour" } as const] : []),
    { part: "traffic", stops: false, unpriced: "it costs by the GB that goes through it" },
  ];
};
