import { valuesAt } from "../../model/path.ts";
import type { Charge, Charges } from "../charges.ts";

/** Without instances: paused, or never made. Source: App Runner developer guide, "Creating an App Runner service". */
const WITHOUT_INSTANCES = /^(PAUSED|CREATE_FAILED)$/;

const COMPUTE: Charge = {
  part: "compute",
  stops: true,
  unpriced: "it costs by the instances that its auto scaling configuration keeps, and by what they work",
};

const DEPLOYMENTS: Charge = {
  part: "automatic deployments",
  stops: false,
  unpriced: "AWS does not tell whether a paused service pays for them",
};

export const charges: Charges = ({ configuration, state = "" }) => [
  ...(WITHOUT_INSTANCES.test(state) ? [] : [COMPUTE]),
  ...(valuesAt(configuration, "SourceConfiguration.AutoDeploymentsEnabled").includes(true) ? [DEPLOYMENTS] : []),
];
