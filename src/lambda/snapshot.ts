import { instant } from "../model/brand.ts";
import { coverageIndex, provesAbsence } from "../model/coverage.ts";
import type { SnapshotHeader } from "../model/snapshot.ts";
import { renderDelta } from "../report/delta/index.ts";
import { countsText } from "../report/delta/wording.ts";
import { countOf, sentenceList } from "../report/humanise.ts";
import { resourceCount } from "../report/snapshot-data.ts";
import { activeSnapshot, openSnapshot } from "../store/snapshots.ts";
import { diffSnapshots } from "../verbs/delta/delta.ts";
import type { DeltaResult } from "../verbs/delta/result.ts";
import { type CreatedSnapshot, createSnapshot } from "../verbs/snapshot/create.ts";
import type { Answer, StoreContext } from "./door.ts";
import { selectionIn, switchIn } from "./env.ts";
import { whyNoSchedule } from "./schedule-event.ts";
import { tellReport } from "./tell-report.ts";

/**
 * Takes a snapshot and tells people what differs from the baseline. What the baseline is a person decides: a function that
 * moved it would tell each change once and then call it as it should be.
 * @throws EvenkeelError USAGE before any call; NOTHING_SEEN; CORRUPT_SNAPSHOT of the baseline, with the new one stored
 */
export async function onWatch(event: unknown, context: StoreContext): Promise<Answer> {
  const { env, host, connection, store, meter, clock } = context;
  const foreign = whyNoSchedule(event, context);
  if (foreign) {
    host.tell({ kind: "warning", text: `the event was refused: ${foreign}` });
    return { statusCode: 403, body: foreign };
  }
  const setsBaseline = switchIn(env, "EVENKEEL_SET_BASELINE");
  const selection = selectionIn(env);
  const { account } = connection;
  const baseline = await activeSnapshot(store, account);
  const setActive = setsBaseline && baseline === undefined;
  // To the millisecond: Lambda may invoke again within the second that other names end with.
  const name = instant(clock.now()).replaceAll(":", "-");
  const created = await createSnapshot(context, { name, selection, metadata: {}, setActive, compress: false });
  meter.measure("ResourcesScanned", resourceCount(created.summary.header));
  meter.measure("ListingsIncomplete", created.incomplete.length);
  if (baseline === undefined) return tellFirst(context, created);
  return tellDifference(context, created, baseline);
}

async function tellFirst(context: StoreContext, { summary, incomplete }: CreatedSnapshot): Promise<Answer> {
  const { name } = summary.header;
  const subject = summary.active
    ? `Evenkeel snapshot: ${name} is the baseline of account ${summary.header.account} now`
    : `Evenkeel snapshot: account ${summary.header.account} has no baseline to compare ${name} with`;
  const next = summary.active
    ? "From now on people are told what differs from it."
    : `Look at it with \`evenkeel snapshot show ${name}\`. If the account is as it should be, make it the baseline: \`evenkeel snapshot set-active ${name}\`.`;
  const seen =
    incomplete.length === 0 ? [] : [`${countOf(incomplete.length, "listing")} could not be completely read.`];
  context.host.tell({ kind: "warning", text: subject, hint: next });
  await tellReport(context, {
    name,
    subject,
    text: [`${countOf(resourceCount(summary.header), "resource")} were seen.`, ...seen, next].join("\n"),
    attributes: { event: "snapshot", account: summary.header.account, snapshot: name },
    again: `evenkeel snapshot show ${name}`,
  });
  return { statusCode: 200, body: subject };
}

async function tellDifference(context: StoreContext, created: CreatedSnapshot, baseline: string): Promise<Answer> {
  const { connection, store, host, meter } = context;
  const { account } = connection;
  const { header: after } = created.summary;
  const { header: before } = await openSnapshot(store, account, baseline);
  const delta = await diffSnapshots({ ...context, account }, baseline, after.name);
  meter.measure("ResourcesChanged", delta.changes.length);
  const remarks = [...blindness(before, created), ...foreignGround(before, after)];
  for (const text of remarks) host.tell({ kind: "warning", text });
  const subject = `Evenkeel snapshot: ${summaryOf(delta)} since baseline ${baseline} in account ${account}`;
  host.tell({ kind: "info", text: subject });
  if (delta.changes.length > 0 || blindness(before, created).length > 0)
    await tellReport(context, {
      name: after.name,
      subject,
      text: [...remarks, await renderDelta(delta, "table", { colour: false })].join("\n\n"),
      attributes: { event: "snapshot", account, snapshot: after.name, baseline, ...countsOf(delta) },
      again: `evenkeel snapshot diff ${baseline} ${after.name}`,
    });
  return { statusCode: 200, body: subject };
}

function summaryOf({ changes, counts, unchanged }: DeltaResult): string {
  return changes.length === 0 ? "nothing has changed" : countsText(counts, unchanged);
}

function countsOf({ counts }: DeltaResult): Record<string, string> {
  return Object.fromEntries(Object.entries(counts).map(([kind, number]) => [kind, String(number)]));
}

/** A watch that has gone blind must not look like one that sees no change. */
function blindness({ coverage }: SnapshotHeader, { incomplete }: CreatedSnapshot): string[] {
  const statusOf = coverageIndex(coverage);
  const lost = incomplete.filter(({ type, region }) => {
    const status = statusOf(type, region);
    return status !== "absent" && provesAbsence(status);
  });
  const [first] = lost;
  if (!first) return [];
  return [
    `${countOf(lost.length, "listing")} that the baseline has seen completely could not be read now, the first ${first.type} in ${first.region}: ${first.reason ?? first.status}`,
  ];
}

/** What only one side has looked for is in no comparison, and must not read as unchanged. */
function foreignGround({ selection: before }: SnapshotHeader, { selection: after }: SnapshotHeader): string[] {
  const missing = (all: readonly string[], some: readonly string[]) => all.filter((each) => !some.includes(each));
  const [unknown, unseen] = [
    [...missing(after.regions, before.regions), ...missing(after.types, before.types)],
    [...missing(before.regions, after.regions), ...missing(before.types, after.types)],
  ];
  const says = (what: readonly string[], why: string) =>
    what.length > 0 ? [`not compared, as ${why}: ${sentenceList(what)}`] : [];
  return [...says(unknown, "the baseline never looked for it"), ...says(unseen, "only the baseline has looked for it")];
}
