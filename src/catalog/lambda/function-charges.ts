import { Decimal } from "decimal.js";
import { type Charges, numberAt } from "../charges.ts";
import { fromSaved } from "./concurrency.ts";

/**
 * What is kept warm costs by the GB and second, called or not; a reservation costs nothing, and calls cost only when they
 * come. Source: https://aws.amazon.com/lambda/pricing/, "Provisioned Concurrency Pricing".
 */
export const charges: Charges = ({ configuration }, state) => {
  if (!state)
    return [{ part: "provisioned concurrency", stops: true, unpriced: "whether it has any could not be read" }];
  const warm = [...fromSaved(state.saved).provisioned.values()].reduce((total, each) => total + each, 0);
  if (warm === 0) return [];
  const memory = numberAt(configuration, "MemorySize") ?? 128;
  const arm = Array.isArray(configuration.Architectures) && configuration.Architectures.includes("arm64");
  const usage = `Lambda-Provisioned-Concurrency${arm ? "-ARM" : ""}`;
  const units = new Decimal(memory).dividedBy(1024).times(warm).times(3600).toFixed();
  return [
    {
      part: "provisioned concurrency",
      stops: true,
      price: { serviceCode: "AWSLambda", filters: {}, usage, units: ["Lambda-GB-Second", "Second", "Seconds"] },
      units,
      per: "hour",
    },
  ];
};
