import { EXIT } from "../../model/errors.ts";
import { countOf } from "../../report/humanise.ts";
import { renderTable } from "../../report/table.ts";
import { executeResume, prepareResume, type Verified } from "../../verbs/resume/resume.ts";
import type { Action } from "../command.ts";
import { confirmPlan } from "../confirm-plan.ts";
import { planReport } from "../plan-view.ts";
import type { RESUME } from "./pause.command.ts";

export const run: Action<typeof RESUME> = async (frame, options) => {
  const prepared = await prepareResume(await frame.online(), options.record);
  if (options.dryRun) {
    await frame.show(planReport(prepared.plan));
    return EXIT.done;
  }
  if (prepared.plan.steps.length > 0) await confirmPlan(frame, prepared.plan);
  const { verified, closed } = await executeResume(await frame.enduring(), prepared, options.accept);
  await frame.show({
    text: (render) =>
      `${renderTable(
        [
          { title: "REGION", value: ({ target }: Verified) => target.region },
          { title: "RESOURCE", value: ({ target }: Verified) => `${target.type} ${target.name ?? target.id}` },
          { title: "NOW", value: ({ kind }: Verified) => kind },
          { title: "BECAUSE", value: because },
        ],
        verified,
        render,
      )}\n${countOf(verified.filter(({ kind }) => kind === "identical").length, "resource")} identical; record ${prepared.record.id} is ${closed ? "closed" : "still armed"}\n`,
    data: () => ({ changes: prepared.plan.steps.length, record: prepared.record.id, closed, verified }),
    csv: {
      titles: ["type", "id", "region", "now", "because"],
      records: () =>
        verified.map((each) => [each.target.type, each.target.id, each.target.region, each.kind, because(each)]),
    },
  });
  if (!closed)
    frame.host.tell({
      kind: "warning",
      text: "not everything is back: the record stays armed for the rest",
      hint: "run `evenkeel resume` again; `--accept` takes what differs as it is",
    });
  frame.next(closed ? "evenkeel delta" : "evenkeel resume");
  return closed ? EXIT.done : EXIT.partial;
};

function because({ differs, reason }: Verified): string {
  const fields = differs.map(
    ({ field, before, after, because: why }) =>
      `${field} ${String(before)} -> ${String(after)}${why ? ` (${why})` : ""}`,
  );
  return [reason ?? "", ...fields].filter((part) => part !== "").join("; ");
}
