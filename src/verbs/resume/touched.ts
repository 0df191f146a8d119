import { parseJournal, progressOf } from "../../engine/journal.ts";
import type { PauseRecord } from "../../store/record-text.ts";
import { listRuns, runLines, runPrefix } from "../../store/runs.ts";
import type { Store } from "../../store/store.ts";

/**
 * Whether a pause ever began with a step of its record. Its journal is begun before the record is written, so one that is
 * empty or not there was lost; of a lost or damaged one, everything may have been begun: live state decides then.
 */
export async function touchedBy(store: Store, { id, plan }: PauseRecord): Promise<(step: string) => boolean> {
  const runs = await listRuns(store, plan.account, runPrefix(plan.verb, id));
  const journals = await Promise.all(runs.map(async (run) => parseJournal(await runLines(store, plan.account, run))));
  const whole = journals.every(({ lines, damaged }) => lines.length > 0 && damaged.length === 0);
  if (journals.length === 0 || !whole) return () => true;
  const touched = new Set(journals.flatMap(({ lines }) => touchedIn(lines)));
  return (step) => touched.has(step);
}

function touchedIn(lines: Parameters<typeof progressOf>[0]): string[] {
  const begun = lines.flatMap((line) => (line.kind === "intent" ? [line.step] : []));
  const applied = [...progressOf(lines).outcomes].flatMap(([step, { kind }]) => (kind === "applied" ? [step] : []));
  return [...begun, ...applied];
}
