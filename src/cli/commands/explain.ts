import { EXIT } from "../../model/errors.ts";
import { explainReport } from "../../report/explain.ts";
import { explain } from "../../verbs/explain/explain.ts";
import type { Action } from "../command.ts";
import { tellShedding } from "../tell-shedding.ts";
import type { EXPLAIN } from "./explain.command.ts";

export const run: Action<typeof EXPLAIN> = async (frame, _options, arn) => {
  const explanation = await explain(await frame.online(), arn);
  await frame.show(explainReport(explanation));
  const { records, resource, verdict } = explanation;
  await tellShedding(frame, resource.arn);
  if (records[0]) frame.next(`evenkeel resume --record ${records[0]}`);
  else if (verdict.kind === "step") frame.next(`evenkeel pause --id ${resource.arn} --dry-run`);
  return EXIT.done;
};
