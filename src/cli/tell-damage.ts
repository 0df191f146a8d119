import type { Host } from "../io/host.ts";
import { countOf } from "../report/humanise.ts";
import type { KnownRecord } from "../verbs/records/known.ts";

/** Tells what is left of a damaged record, and what to do for the rest. */
export function tellDamage(host: Host, { id, record, damage }: Pick<KnownRecord, "id" | "record" | "damage">): void {
  if (!damage) return;
  const { problem, copy, rest } = damage;
  const warn = (text: string, hint: string) =>
    host.tell({ kind: "warning", text: `record ${id} is damaged: ${problem}. ${text}`, hint });
  if (copy) {
    warn(
      `The plan that run ${copy} keeps is an intact copy of all of it.`,
      `\`evenkeel resume --record ${id}\` puts everything back from that copy`,
    );
    return;
  }
  const intact = record ? record.plan.steps.length : 0;
  const known =
    intact > 0
      ? `${countOf(intact, "resource")} of it can be read and put back; the record stays armed for the rest.`
      : "Nothing of it can be read.";
  const others =
    rest.length > 0
      ? `The pause has also begun with:\n${rest.map(({ arn }) => `  ${arn}`).join("\n")}`
      : "No journal names others.";
  const runs = [...new Set(rest.map(({ run }) => run))];
  const byHand = runs.map((run) => `\`evenkeel runs show ${run} --output json\` tells what each was like just before`);
  warn(
    `${known} ${others}`,
    [
      ...(intact > 0 ? [`\`evenkeel resume --record ${id}\` puts back what can be read`] : []),
      ...byHand,
      `where there is a backup: \`evenkeel resume --record ${id} --from s3://bucket/prefix\``,
      ...(intact > 0
        ? [`when the rest is back by hand: \`evenkeel resume --record ${id} --accept\` closes the record`]
        : []),
    ].join("\n"),
  );
}
