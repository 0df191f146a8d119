import { isJsonObject } from "../../model/json.ts";
import { HOUR_UNITS } from "../../model/price.ts";
import { type Charge, type Charges, numberAt, textAt } from "../charges.ts";

/** Its instance types stand in its configuration, which the capture reads; serverless variants cost by the call. */
export const charges: Charges = ({ configuration }, state) => {
  const { ProductionVariants: variants } = configuration;
  const types = isJsonObject(state?.live?.instanceTypes) ? state.live.instanceTypes : {};
  return (Array.isArray(variants) ? variants.filter(isJsonObject) : []).map((variant): Charge => {
    const name = textAt(variant, "VariantName");
    const part = `variant ${name}`;
    const [type, count] = [types[name], numberAt(variant, "DesiredInstanceCount")];
    if (count === undefined) return { part, stops: true, unpriced: "it is serverless: it costs by the call" };
    if (typeof type !== "string") return { part, stops: true, unpriced: "its instance type could not be read" };
    const filters = { instanceName: type, component: "Hosting" };
    const price = { serviceCode: "AmazonSageMaker", filters, usage: `Host:${type}`, units: HOUR_UNITS };
    return { part, stops: true, price, units: String(count), per: "hour" };
  });
};
