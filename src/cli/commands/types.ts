import { EXIT } from "../../model/errors.ts";
import { renderReport } from "../../report/format.ts";
import { typesReport } from "../../report/types.ts";
import { knownTypes } from "../../verbs/types/types.ts";
import type { Action } from "../command.ts";
import type { TYPES } from "./types.command.ts";

export const run: Action<typeof TYPES> = async (frame, { format }, named) => {
  const types = knownTypes(named === undefined ? [] : [named]);
  const report = typesReport(types);
  if (format === undefined) await frame.show(report);
  else await frame.output.write(await renderReport(report, format, frame.render));
  frame.narrow(types.length, "a group, for example `evenkeel types databases`");
  if (format === undefined || format === "table")
    frame.next("evenkeel types ec2:instance --output yaml", "evenkeel snapshot create --type compute");
  return EXIT.done;
};
