import { HOUR_UNITS } from "../../model/price.ts";
import { type Charges, numberAt, textAt } from "../charges.ts";

/** What does not run yet, or no longer. Source: DMS API reference, ReplicationInstance, ReplicationInstanceStatus. */
const UNBILLED = /^(creating|deleting|deleted|failed)$/;

/** Source: the price list's usage types of AWSDatabaseMigrationSvc, and https://aws.amazon.com/dms/pricing/ */
export const charges: Charges = ({ configuration, state }) => {
  const type = textAt(configuration, "ReplicationInstanceClass");
  const usage = `${configuration.MultiAZ === true ? "Multi-AZUsg" : "InstanceUsg"}:${type}`;
  const price = { serviceCode: "AWSDatabaseMigrationSvc", filters: {}, usage, units: HOUR_UNITS };
  const size = numberAt(configuration, "AllocatedStorage");
  return [
    ...(UNBILLED.test(state ?? "") ? [] : [{ part: "compute", stops: false, price, units: "1", per: "hour" } as const]),
    {
      part: "storage",
      stops: false,
      unpriced: `how much of its ${size === undefined ? "storage" : `${size} GB`} the class includes is not told`,
    },
  ];
};
