import { painter } from "../../io/colour.ts";
import type { Target } from "../../model/plan.ts";
import type { RecordStatus, StatusResult } from "../../verbs/status/result.ts";
import type { RenderOptions } from "../format.ts";
import { age, countOf, minute, sentenceList } from "../humanise.ts";
import { wrapLines } from "../wrap.ts";

/** Names told of a kind; more than these are counted. */
const NAMED = 5;

/** The armed records: what they hold, when they expire, and what AWS starts by itself before that. */
export function recordsBlock({ records, at }: StatusResult, { colour, width }: RenderOptions): string {
  if (records.length === 0) return "";
  const paint = painter(colour);
  const lines = records.map((record) => {
    const damaged =
      record.problem === undefined
        ? ""
        : `    ${paint("bad", "damaged")}: ${record.problem}; \`evenkeel records\` tells what can be put back\n`;
    if (record.expiresAt === undefined) return `  ${paint("bold", record.id)}\n${damaged}`;
    const expires = record.overdue
      ? paint("bad", `overdue since ${minute(record.expiresAt)}`)
      : `expires ${minute(record.expiresAt)}, ${age(record.expiresAt, Date.parse(at))}`;
    const head = `  ${paint("bold", record.id)}  ${countOf(record.resources.length, "resource")}, ${expires}\n`;
    return (
      head +
      damaged +
      detailsOf(record)
        .map((text) => `    ${text}\n`)
        .join("")
    );
  });
  return `${paint("bold", "Armed pause records")}\n${wrapLines(lines.join(""), width)}`;
}

function detailsOf({ restarts, absent }: RecordStatus): string[] {
  const days = [...new Set(restarts.map(({ at }) => at))];
  return [
    ...days.map((at) => {
      const own = restarts.filter((each) => each.at === at);
      const verb = own[0]?.past ? "may have started by itself since" : "starts by itself on";
      return `AWS ${verb} ${minute(at)}: ${namesOf(own.map(({ target }) => target))}`;
    }),
    ...(absent.length > 0 ? [`not there, as a pause deletes it or somebody has: ${namesOf(absent)}`] : []),
  ];
}

function namesOf(targets: readonly Target[]): string {
  const names = targets.slice(0, NAMED).map(({ name, id }) => name ?? id);
  return sentenceList([...names, ...(targets.length > NAMED ? [`${targets.length - NAMED} more`] : [])]);
}
