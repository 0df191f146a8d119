import type { Host } from "../../io/host.ts";
import type { Place } from "./scan.ts";

/** Tells a host how far a scan is. */
export function scanProgress(host: Host, total: number) {
  let done = 0;
  let resources = 0;
  const tell = (place: Place) =>
    host.tell({
      kind: "progress",
      task: "scan",
      done,
      total,
      at: `${place.region} ${place.facts.short}`,
      note: `${resources.toLocaleString("en-US")} resources`,
    });
  return {
    start: (place: Place) => {
      if (done === 0) tell(place);
    },
    end: (place: Place, seen: number) => {
      done += 1;
      resources = seen;
      tell(place);
    },
  };
}
