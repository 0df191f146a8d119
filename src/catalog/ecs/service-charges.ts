import { Decimal } from "decimal.js";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { HOUR_UNITS } from "../../model/price.ts";
import { type Charge, type Charges, numberAt, textAt } from "../charges.ts";

/** Task definitions count CPU in 1024ths of a vCPU and memory in MiB. */
const PER_UNIT = 1024;
/** Each task has so much storage that costs nothing. Source: AWS Fargate pricing. */
const FREE_STORAGE_GIB = 20;

/** Tasks on Fargate cost by what their definition asks for; on instances nothing, as the instances do. */
export const charges: Charges = ({ configuration }, state) => {
  const { capacityProviderStrategy: strategy } = configuration;
  const providers = Array.isArray(strategy) && strategy.length > 0;
  const desired = numberAt(configuration, "desiredCount");
  if (desired === 0) return [];
  const launch = textAt(configuration, "launchType");
  if (["EC2", "EXTERNAL"].includes(launch) && !providers) return [];
  if (providers) return [unpriced("where its tasks run is up to its capacity providers")];
  if (launch !== "FARGATE" || desired === undefined) return [unpriced("AWS does not tell where its tasks run")];
  return onFargate(desired, isJsonObject(state?.live?.task) ? state.live.task : {});
};

const unpriced = (reason: string): Charge => ({ part: "tasks", stops: true, unpriced: reason });

function onFargate(desired: number, task: JsonObject): Charge[] {
  const [cpu, memory, storage = 0] = ["cpu", "memory", "storage"].map((name) => numberAt(task, name));
  if (cpu === undefined || memory === undefined) return [unpriced("its task definition does not tell CPU and memory")];
  if (task.system !== "LINUX") return [unpriced(`it runs ${textAt(task, "system")}, which has prices of its own`)];
  const arm = task.processor === "ARM64" ? "ARM-" : "";
  const part = (name: string, usage: string, units: number): Charge => ({
    part: name,
    stops: true,
    price: { serviceCode: "AmazonECS", filters: {}, usage: `Fargate-${arm}${usage}`, units: HOUR_UNITS },
    units: new Decimal(units).div(PER_UNIT).mul(desired).toString(),
    per: "hour",
  });
  const own = [part("tasks, vCPU", "vCPU-Hours:perCPU", cpu), part("tasks, memory", "GB-Hours", memory)];
  if (storage <= FREE_STORAGE_GIB) return own;
  return [...own, { part: "tasks, storage", stops: true, unpriced: `it costs beyond ${FREE_STORAGE_GIB} GiB a task` }];
}
