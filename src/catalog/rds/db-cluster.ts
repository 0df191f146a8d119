import type { Entry } from "../contract.ts";
import { clusterReading } from "./clusters.ts";
import { charges } from "./db-cluster-charges.ts";
import { pause } from "./db-cluster-pause.ts";

export default { ...clusterReading("rds"), pause, charges } satisfies Entry;
