import type { Difference } from "../catalog/contract.ts";
import { EXIT, type ExitCode } from "../model/errors.ts";
import type { RenderOptions, Report } from "../report/format.ts";
import { countOf, minute } from "../report/humanise.ts";
import { renderTable } from "../report/table.ts";
import type { PreparedResume, Resumed, Verified } from "../verbs/resume/resume.ts";
import type { Fallen, Watched } from "../verbs/resume/watch.ts";
import type { Frame } from "./frame.ts";

/** A resume that has ended, with what a watch after it has seen. */
export type Told = PreparedResume & Pick<Resumed, "run" | "verified" | "closed"> & { readonly watched?: Watched };

/** Tells field by field how everything of a record came back, and what a person might do next. */
export function tellResumed(
  frame: Frame,
  prepared: PreparedResume,
  resumed: Pick<Resumed, "run" | "verified" | "closed">,
): Promise<ExitCode> {
  return tellAllResumed(frame, [{ ...prepared, ...resumed }], false);
}

/** @param due several records may have been resumed, or none */
export async function tellAllResumed(frame: Frame, all: readonly Told[], due: boolean): Promise<ExitCode> {
  await frame.show(resumedReport(all, due));
  const open = all.filter(({ closed }) => !closed);
  const fallen = all.filter(({ watched }) => watched?.fallen.length);
  // Where the pause may be at work still, that has been told, and nothing is missing.
  if (open.some(isLacking))
    frame.host.tell({
      kind: "warning",
      text: "not everything is back: the record stays armed for the rest",
      hint: "run `evenkeel resume` again; `--accept` takes what differs as it is",
    });
  if (fallen.length > 0)
    frame.host.tell({
      kind: "warning",
      text: `${countOf(fallen.flatMap(({ watched }) => watched?.fallen ?? []).length, "resource")} did not stay as put back`,
      hint: "look for a schedule or a person that stops it; the records keep what it was like",
    });
  const again = [...new Set([...open, ...fallen])].map(({ record }) => `evenkeel resume --record ${record.id}`);
  const [first] = all;
  if (first)
    frame.next(
      ...(again.length > 0 ? (due || fallen.length > 0 ? again : ["evenkeel resume"]) : ["evenkeel status"]),
      ...all.map(({ run }) => `evenkeel runs show ${run}`),
    );
  return open.length > 0 || fallen.length > 0 ? EXIT.partial : EXIT.done;
}

function isLacking({ verified, damage }: Told): boolean {
  return damage !== undefined || verified.some(({ kind }) => kind !== "identical" && kind !== "gone");
}

function resumedReport(all: readonly Told[], due: boolean): Report {
  const changes = all.reduce((total, { plan }) => total + plan.steps.length, 0);
  return {
    text: (render) => all.map((told) => textOf(told, render)).join("\n"),
    data: () => (due ? { changes, records: all.map(dataOf) } : { changes, ...all.map(dataOf)[0] }),
    csv: {
      titles: ["type", "id", "region", "now", "because", "record"],
      records: () =>
        all.flatMap(({ verified, record }) =>
          verified.map(({ target, ...each }) => [
            target.type,
            target.id,
            target.region,
            each.kind,
            because(each),
            record.id,
          ]),
        ),
    },
  };
}

function dataOf({ record, run, closed, verified, damage, watched }: Told): object {
  const more = { ...(damage ? { damage } : {}), ...(watched ? { watched } : {}) };
  return { record: record.id, run, closed, verified, ...more };
}

function textOf({ record, verified, closed, watched }: Told, render: RenderOptions): string {
  const table = renderTable<Verified>(
    [
      { title: "REGION", value: ({ target }) => target.region },
      { title: "RESOURCE", value: ({ target }) => `${target.type} ${target.name ?? target.id}` },
      { title: "NOW", value: ({ kind }) => kind },
      { title: "BECAUSE", value: because },
    ],
    verified,
    render,
  );
  const identical = verified.filter(({ kind }) => kind === "identical").length;
  const summary = `${countOf(identical, "resource")} identical; record ${record.id} is ${closed ? "closed" : "still armed"}\n`;
  return `${table}\n${summary}${watched ? `\n${watchText(watched, render)}` : ""}`;
}

function watchText({ count, fallen, from, until, complete, unread }: Watched, render: RenderOptions): string {
  const minutes = Math.round((Date.parse(until) - Date.parse(from)) / 60_000);
  const time = `${countOf(minutes, "minute")}${complete ? "" : ", then you ended it"}`;
  const gaps = unread > 0 ? `; ${countOf(unread, "read")} failed` : "";
  const stayed = count - fallen.length;
  const summary = `Watched for ${time}: ${stayed} of ${countOf(count, "resource")} stayed as put back${gaps}\n`;
  if (fallen.length === 0) return summary;
  const table = renderTable<Fallen>(
    [
      { title: "SINCE", value: ({ at }) => minute(at) },
      { title: "REGION", value: ({ target }) => target.region },
      { title: "RESOURCE", value: ({ target }) => `${target.type} ${target.name ?? target.id}` },
      { title: "FELL BACK", value: ({ now, recovered }) => (recovered ? `${now}, and is back again` : now) },
      { title: "FIELDS", value: ({ fields }) => fields.map(fieldText).join("; ") },
    ],
    fallen,
    render,
  );
  return `${summary}\n${table}`;
}

function because({ differs, reason }: Omit<Verified, "target" | "kind">): string {
  return [reason ?? "", ...differs.map(fieldText)].filter((part) => part !== "").join("; ");
}

function fieldText({ field, before, after, because: why }: Difference): string {
  const text = (value: Difference["before"]) =>
    typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
  return `${field} ${text(before)} -> ${text(after)}${why ? ` (${why})` : ""}`;
}
