import { HOUR_UNITS } from "../../model/price.ts";
import { type Charge, type Charges, numberAt, textAt } from "../charges.ts";

/** What does not run yet, or no longer. Source: DMS API reference, ReplicationInstance, ReplicationInstanceStatus. */
const NOT_THERE = /^(creating|deleting|deleted)$/;

function compute(type: string, inTwoZones: boolean, state = ""): Charge[] {
  if (NOT_THERE.test(state)) return [];
  const [part, stops] = ["compute", false];
  if (state === "failed") return [{ part, stops, unpriced: "AWS does not tell whether a failed one is billed" }];
  if (type === "") return [{ part, stops, unpriced: "its class could not be read" }];
  const usage = `${inTwoZones ? "Multi-AZUsg" : "InstanceUsg"}:${type}`;
  const price = { serviceCode: "AWSDatabaseMigrationSvc", filters: {}, usage, units: HOUR_UNITS };
  return [{ part, stops, price, units: "1", per: "hour" }];
}

/** Source: the price list's usage types of AWSDatabaseMigrationSvc, and https://aws.amazon.com/dms/pricing/ */
export const charges: Charges = ({ configuration, state }) => {
  const size = numberAt(configuration, "AllocatedStorage");
  return [
    ...compute(textAt(configuration, "ReplicationInstanceClass"), configuration.MultiAZ === true, state),
    {
      part: "storage",
      stops: false,
      unpriced: `how much of its ${size === undefined ? "storage" : `${size} GB`} the class includes is not told`,
    },
  ];
};
