import type { Entry } from "../contract.ts";
import { clusterPause } from "./cluster-pause.ts";
import { clusterRemoval } from "./cluster-removal.ts";
import { clusterReading } from "./clusters.ts";

export default {
  ...clusterReading("docdb"),
  pause: clusterPause({ owner: "docdb", service: "DocumentDB", engine: "DocumentDB" }),
  removal: clusterRemoval("docdb"),
} satisfies Entry;
