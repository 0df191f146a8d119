import type { PauseState } from "../contract.ts";
import { clusterPause } from "./cluster-pause.ts";

/** Why RDS does not stop it. Source: Aurora user guide, "Stopping and starting an Aurora DB cluster", limitations. */
function obstacle({ saved }: PauseState): string | undefined {
  if (!String(saved.engine).startsWith("aurora"))
    return "it is a Multi-AZ DB cluster that is not Aurora: RDS has no stop for it";
  if (saved.mode === "serverless") return "it is Aurora Serverless v1, which scales by itself and has no stop";
  if (saved.mode === "multimaster" || saved.mode === "parallelquery")
    return `its engine mode is ${saved.mode}: RDS does not stop those`;
  return undefined;
}

export const pause = clusterPause({ owner: "rds", service: "RDS", engine: "Aurora", obstacle });
