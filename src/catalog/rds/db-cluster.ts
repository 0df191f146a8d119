import type { Entry } from "../contract.ts";
import { clusterRemoval } from "./cluster-removal.ts";
import { clusterReading } from "./clusters.ts";
import { charges } from "./db-cluster-charges.ts";
import { pause } from "./db-cluster-pause.ts";

export default { ...clusterReading("rds"), pause, removal: clusterRemoval("rds"), charges } satisfies Entry;
