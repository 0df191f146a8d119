import { type Charges, numberAt, textAt } from "../charges.ts";

/** Tasks on Fargate cost by what their definition asks for; on instances nothing, as the instances do. */
export const charges: Charges = ({ configuration }) => {
  const { capacityProviderStrategy: strategy } = configuration;
  const providers = Array.isArray(strategy) && strategy.length > 0;
  if (numberAt(configuration, "desiredCount") === 0) return [];
  if (["EC2", "EXTERNAL"].includes(textAt(configuration, "launchType")) && !providers) return [];
  const where = providers ? "where its tasks run is up to its capacity providers, and" : "";
  return [
    { part: "tasks", stops: true, unpriced: `${where} the service does not tell its tasks' CPU and memory`.trim() },
  ];
};
