import { GB_MONTH_UNITS } from "../../model/price.ts";
import { type Charge, type Charges, numberAt, textAt } from "../charges.ts";

/** CloudWatch's gigabyte: a division by a power of two has an end. */
const GIB = 2 ** 30;

function storage(kind: string, bytes: number | undefined): Charge {
  const part = "storage";
  if (bytes === undefined) return { part, stops: false, unpriced: "AWS does not tell how much it stores" };
  if (kind !== "" && kind !== "STANDARD")
    return { part, stops: false, unpriced: `log groups of class ${kind} have prices of their own` };
  const price = { serviceCode: "AmazonCloudWatch", filters: {}, usage: "TimedStorage-ByteHrs", units: GB_MONTH_UNITS };
  return { part, stops: false, price, units: String(bytes / GIB), per: "month" };
}

/** Source: https://aws.amazon.com/cloudwatch/pricing/, "Logs": by what comes in, and by what is kept, compressed. */
export const charges: Charges = ({ configuration, observed }) => [
  storage(textAt(configuration, "logGroupClass"), numberAt(observed, "storedBytes")),
  { part: "ingestion", stops: false, unpriced: "it costs by the GB that comes in" },
];
