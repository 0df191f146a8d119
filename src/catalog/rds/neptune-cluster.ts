import type { Entry } from "../contract.ts";
import { clusterPause } from "./cluster-pause.ts";
import { clusterReading } from "./clusters.ts";

export default {
  ...clusterReading("neptune"),
  pause: clusterPause({ owner: "neptune", service: "Neptune", engine: "Neptune" }),
} satisfies Entry;
