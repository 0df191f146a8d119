import { EXIT, type ExitCode } from "../../model/errors.ts";
import type { Target } from "../../model/plan.ts";
import { age } from "../../report/humanise.ts";
import { renderTable } from "../../report/table.ts";
import { listRecords } from "../../store/records.ts";
import { prepareResume } from "../../verbs/resume/resume.ts";
import type { Frame } from "../frame.ts";

interface Row {
  readonly record: string;
  readonly since: string;
  readonly target: Target;
  readonly now: string;
}

/** What the armed records hold, each resource as it is now. */
export async function showPaused(frame: Frame): Promise<ExitCode> {
  const context = await frame.online();
  const rows: Row[] = [];
  for (const listed of await listRecords(context.store, context.connection.account)) {
    if (!listed.armed) continue;
    if (listed.kind === "damaged") {
      frame.host.tell({ kind: "warning", text: `record ${listed.id} is damaged: ${listed.problem}` });
      continue;
    }
    const { record, plan } = await prepareResume(context, listed.record.id);
    const row = (target: Target, now: string): Row => ({ record: record.id, since: record.createdAt, target, now });
    rows.push(...plan.steps.map(({ target }) => row(target, "paused")));
    rows.push(...plan.kept.map(({ target, reason }) => row(target, reason)));
  }
  const now = frame.clock.now();
  await frame.show({
    text: (render) =>
      rows.length === 0
        ? "Nothing is paused.\n"
        : renderTable<Row>(
            [
              { title: "RECORD", value: ({ record }) => record, whole: true },
              { title: "SINCE", value: ({ since }) => age(since, now), spare: 1 },
              { title: "REGION", value: ({ target }) => target.region },
              { title: "RESOURCE", value: ({ target }) => `${target.type} ${target.name ?? target.id}` },
              { title: "NOW", value: (row) => row.now },
            ],
            rows,
            render,
          ),
    data: () => ({ paused: rows }),
    csv: {
      titles: ["record", "since", "type", "id", "region", "now"],
      records: () =>
        rows.map((row) => [row.record, row.since, row.target.type, row.target.id, row.target.region, row.now]),
    },
  });
  frame.next(...(rows.length > 0 ? ["aws-hit-breaks --resume"] : ["aws-hit-breaks"]));
  return EXIT.done;
}
