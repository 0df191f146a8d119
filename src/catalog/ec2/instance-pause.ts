import { EC2Client } from "@aws-sdk/client-ec2";
import type { JsonObject } from "../../model/json.ts";
import type { Difference, Pause } from "../contract.ts";
import { differences } from "../pausing.ts";
import { hibernateInstance, startInstance, stopInstance } from "./instance-batches.ts";
import { capture } from "./instance-capture.ts";
import { eligible } from "./instance-eligible.ts";

/** What AWS changes by itself at a stop and start. */
const BECAUSE: Readonly<Record<string, string>> = {
  publicAddress: "an address that is not an Elastic IP goes back to AWS at a stop",
};

/** A start that was accepted and did not last. */
function fallBack(live: JsonObject | undefined): Difference[] {
  const reason = live?.stoppedBecause;
  if (typeof reason !== "string") return [];
  return [{ field: "state", before: "running", after: "stopped", because: `EC2 could not keep it running: ${reason}` }];
}

export const pause: Pause = {
  capture,
  eligible,

  async stop(scope, id, _saved, way) {
    const halt = way === "hibernate" ? hibernateInstance : stopInstance;
    await halt(scope.writer(EC2Client), id);
  },

  async resume(scope, id) {
    await startInstance(scope.writer(EC2Client), id);
  },

  resumed(before, { phase, saved, live }) {
    if (phase === "moving") return { phase, differs: [] };
    if (phase === "paused") return { phase: "ready", differs: fallBack(live) };
    return { phase: "done", differs: differences(before, saved, BECAUSE) };
  },
};
