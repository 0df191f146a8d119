import { isJsonObject, type Json } from "../../model/json.ts";
import { valuesAt } from "../../model/path.ts";
import { type Charge, type Charges, numberAt } from "../charges.ts";

/** Units of the table and of its indexes together. */
function units(configuration: Readonly<Record<string, Json>>, member: string): number {
  const own = valuesAt(configuration, `ProvisionedThroughput.${member}`);
  const indexes = valuesAt(configuration, `GlobalSecondaryIndexes[].ProvisionedThroughput.${member}`);
  return [...own, ...indexes].reduce<number>((total, each) => total + Number(each), 0);
}

/** Source: https://aws.amazon.com/dynamodb/pricing/provisioned/ ; a pause makes it on-demand, which costs by the request. */
export const charges: Charges = ({ configuration, observed }) => {
  const { TableClassSummary: kind } = configuration;
  const infrequent = isJsonObject(kind) && kind.TableClass === "STANDARD_INFREQUENT_ACCESS" ? "IA-" : "";
  const mode = valuesAt(configuration, "BillingModeSummary.BillingMode")[0] ?? "PROVISIONED";
  const capacity = (part: string, member: string, name: string): Charge[] => {
    const count = units(configuration, member);
    const usage = `${infrequent}${name}-Hrs`;
    const price = { serviceCode: "AmazonDynamoDB", filters: {}, usage, units: [`${name}-Hrs`] };
    return count > 0 ? [{ part, stops: true, price, units: String(count), per: "hour" }] : [];
  };
  const requests: Charge = {
    part: "requests",
    stops: false,
    unpriced: "on demand, as it is while it is paused, it costs by the request",
  };
  const bytes = numberAt(observed, "TableSizeBytes") ?? 0;
  const storage: Charge = {
    part: "storage",
    stops: false,
    unpriced: "its first 25 GB in an account cost nothing, and its size is six hours old",
  };
  const provisioned = [
    ...capacity("read capacity", "ReadCapacityUnits", "ReadCapacityUnit"),
    ...capacity("write capacity", "WriteCapacityUnits", "WriteCapacityUnit"),
  ];
  return [...(mode === "PROVISIONED" ? provisioned : []), requests, ...(bytes > 0 ? [storage] : [])];
};
