import { countOf, minute } from "../report/humanise.ts";
import type { Verified } from "../verbs/resume/resume.ts";
import type { Back, UnattendedResumed } from "../verbs/resume/unattended.ts";
import type { FunctionReport } from "./tell-report.ts";

/** How everything came back, what was not put back and so stays armed, and what waits for a person. */
export function resumeNews(
  { back, left, cut, overdue }: UnattendedResumed,
  { account, dryRun }: { readonly account: string; readonly dryRun: boolean },
): FunctionReport {
  const steps = back.reduce((sum, { plan }) => sum + plan.steps.length, 0);
  const open = back.filter(({ resumed }) => resumed && !resumed.closed);
  const closed = back.filter(({ resumed }) => resumed?.closed);
  const subject = dryRun
    ? `Evenkeel would put back ${countOf(steps, "resource")} of account ${account} (dry run)`
    : `Evenkeel put back ${closed.length} of ${countOf(back.length + cut.length, "pause record")} of account ${account}`;
  const run = back.at(-1)?.resumed?.run;
  const blocks = [
    ...back.flatMap((each) => (dryRun ? [plannedLines(each)] : backBlocks(each))),
    left.length > 0 ? ["Left as they are:", ...left.map(({ id, why }) => `  record ${id}: ${why}`)] : [],
    cut.length > 0 ? [`Not begun, as the time was over: ${cut.join(", ")}`] : [],
    overdue.length > 0
      ? ["Overdue:", ...overdue.map(({ id, record }) => `  ${overdueLine(id, record?.expiresAt)}`)]
      : [],
    dryRun && steps > 0 ? ["Nothing was changed: DRY_RUN is not set to `false`."] : [],
  ];
  return {
    subject,
    text:
      blocks.flatMap((lines) => (lines.length > 0 ? [lines.join("\n")] : [])).join("\n\n") ||
      "There is nothing to put back.",
    attributes: {
      event: "resume",
      account,
      dry_run: String(dryRun),
      closed: closed.map(({ record }) => record.id).join(","),
      armed: open.map(({ record }) => record.id).join(","),
    },
    name: run ?? `resume-${back[0]?.plan.id.replace(/^p-/, "") ?? "none"}-plan`,
    again: run ? `evenkeel runs show ${run}` : "evenkeel records",
  };
}

function plannedLines({ record, plan }: Back): string[] {
  return [
    `Of record ${record.id} would be put back:`,
    ...plan.steps.map(({ target, says }) => `  ${target.region}  ${says}`),
    ...plan.kept.map(
      ({ target, reason }) => `  ${target.region}  ${target.type} ${target.name ?? target.id}: ${reason}`,
    ),
  ];
}

function backBlocks({ record, resumed }: Back): string[][] {
  if (!resumed) return [];
  const { verified, closed, run } = resumed;
  const identical = verified.filter(({ kind }) => kind === "identical").length;
  const others = verified.filter(({ kind }) => kind !== "identical");
  const failed = [...resumed.outcomes].flatMap(([step, outcome]) =>
    "reason" in outcome && outcome.kind !== "unchanged" ? [`  ${step}: ${outcome.kind}: ${outcome.reason}`] : [],
  );
  return [
    [
      `Record ${record.id}: ${countOf(identical, "resource")} of ${verified.length} as before; it is ${closed ? "closed" : "still armed"}. Its run: ${run}.`,
      ...others.map((each) => `  ${verifiedLine(each)}`),
    ],
    failed.length > 0 ? ["Not done:", ...failed] : [],
    closed ? [] : [`For the rest: evenkeel resume --record ${record.id}; \`--accept\` takes what differs as it is.`],
  ];
}

function verifiedLine({ target, kind, differs, reason }: Verified): string {
  const fields = differs.map(({ field, because }) => `${field}${because ? ` (${because})` : ""}`);
  const why = [...(reason ? [reason] : []), ...fields].join(", ");
  return `${target.region}  ${target.type} ${target.name ?? target.id}: ${kind}${why ? `: ${why}` : ""}`;
}

function overdueLine(id: string, expiresAt: string | undefined): string {
  return `record ${id} since ${expiresAt ? minute(expiresAt) : "an unknown time"}: evenkeel resume --record ${id}`;
}
