import { GB_MONTH_UNITS, HOUR_UNITS } from "../../model/price.ts";
import { type Charge, type Charges, numberAt, textAt } from "../charges.ts";

const serviceCode = "AmazonSageMaker";

/**
 * SageMaker stops charging for the instance when it is asked to stop, and updates only what is stopped.
 * Source: SageMaker API reference, StopNotebookInstance, UpdateNotebookInstance.
 */
const WITHOUT_INSTANCE = /^(Stopping|Stopped|Updating|Deleting)$/;

function compute(type: string, state = ""): Charge[] {
  if (WITHOUT_INSTANCE.test(state)) return [];
  const [part, stops] = ["compute", true];
  if (state === "Failed")
    return [{ part, stops, unpriced: "AWS does not tell whether a failed one still has its instance" }];
  if (type === "") return [{ part, stops, unpriced: "its instance type could not be read" }];
  const filters = { productFamily: "ML Instance", instanceName: type };
  const price = { serviceCode, filters, usage: `Notebk:${type}`, units: HOUR_UNITS };
  return [{ part, stops, price, units: "1", per: "hour" }];
}

function storage(size: number | undefined): Charge {
  const [part, stops] = ["storage", false];
  if (size === undefined) return { part, stops, unpriced: "the size of its volume could not be read" };
  const filters = { productFamily: "Storage" };
  const price = { serviceCode, filters, usage: "Notebk:VolumeUsage.gp2", units: GB_MONTH_UNITS };
  return { part, stops, price, units: String(size), per: "month" };
}

/** Its instance costs while there is one, its volume until it is deleted. */
export const charges: Charges = ({ configuration, state }) => [
  ...compute(textAt(configuration, "InstanceType"), state),
  storage(numberAt(configuration, "VolumeSizeInGB")),
];
