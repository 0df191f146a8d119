import { service } from "../../service.ts";
import { groupOperations } from "./groups.ts";
import { instanceOperations } from "./instances.ts";
import { processOperations } from "./processes.ts";
import { scheduleOperations } from "./schedules.ts";

export const autoscaling = service(
  { namespace: "com.amazonaws.autoscaling", signingName: "autoscaling" },
  () => import("@aws-sdk/client-auto-scaling"),
  { ...groupOperations, ...instanceOperations, ...processOperations, ...scheduleOperations },
);
