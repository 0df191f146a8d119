import { HOUR_UNITS } from "../../model/price.ts";
import { type Charge, type Charges, textAt } from "../charges.ts";

const KIND: Readonly<Record<string, string>> = { application: "Application", network: "Network", gateway: "Gateway" };

/** Source: https://aws.amazon.com/elasticloadbalancing/pricing/: by the hour and by capacity units. */
export const charges: Charges = ({ configuration }) => {
  const kind = KIND[textAt(configuration, "Type")];
  const hours: Charge = kind
    ? {
        part: "load balancer",
        stops: false,
        price: {
          serviceCode: "AWSELB",
          filters: { productFamily: `Load Balancer-${kind}`, operation: `LoadBalancing:${kind}` },
          usage: "LoadBalancerUsage",
          units: HOUR_UNITS,
        },
        units: "1",
        per: "hour",
      }
    : { part: "load balancer", stops: false, unpriced: "its type has no price that is known" };
  const addresses: Charge = {
    part: "public IPv4 addresses",
    stops: false,
    unpriced: "AWS does not tell how many it has",
  };
  return [
    hours,
    { part: "capacity units", stops: false, unpriced: "they cost by what it carries" },
    ...(textAt(configuration, "Scheme") === "internet-facing" ? [addresses] : []),
  ];
};
