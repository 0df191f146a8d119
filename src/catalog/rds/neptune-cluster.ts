import type { Entry } from "../contract.ts";
import { clusterPause } from "./cluster-pause.ts";
import { clusterRemoval } from "./cluster-removal.ts";
import { clusterReading } from "./clusters.ts";

export default {
  ...clusterReading("neptune"),
  pause: clusterPause({ owner: "neptune", service: "Neptune", engine: "Neptune" }),
  removal: clusterRemoval("neptune"),
} satisfies Entry;
