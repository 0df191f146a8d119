import { EvenkeelError } from "../../model/errors.ts";
import { pauseNow } from "../brake/pause-now.ts";
import { resumeNow } from "../brake/resume-now.ts";
import type { Action } from "../command.ts";
import type { BRAKE } from "./brake.command.ts";
import { run as showStatus } from "./status.ts";

export const run: Action<typeof BRAKE> = async (frame, { resume, status, dryRun = false }) => {
  if (resume && status)
    throw new EvenkeelError("USAGE", "--resume puts back and --status only looks", { hint: "give one of them" });
  if (status) return showStatus(frame, {});
  return resume ? resumeNow(frame, dryRun) : pauseNow(frame, dryRun);
};
