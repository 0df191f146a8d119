import { EvenkeelError } from "../../model/errors.ts";
import type { PauseRecord } from "../../store/record-text.ts";
import { closedRecords } from "../../store/records.ts";
import type { Store } from "../../store/store.ts";
import type { VerbContext } from "../context.ts";
import { type KnownRecord, knownRecords } from "./known.ts";

/** A record of which something can be put back. */
export interface FoundRecord extends KnownRecord {
  readonly record: PauseRecord;
}

/** @param from a backup to look in instead of the run's own store, which still knows what was closed since */
export async function recordsIn({ store, clock, connection }: VerbContext, from?: Store): Promise<KnownRecord[]> {
  const { account } = connection;
  if (!from) return knownRecords({ store, clock }, account);
  const closed = await closedRecords(store, account);
  const records = await knownRecords({ store: from, clock }, account);
  return records.map((each) => ({ ...each, armed: each.armed && !closed.has(each.id) }));
}

/**
 * @param id of the record; absent = the newest armed one, an intact one before a damaged one
 * @throws EvenkeelError NO_RECORD with what there is
 */
export async function findRecord(context: VerbContext, id: string | undefined, from?: Store): Promise<FoundRecord> {
  const all = await recordsIn(context, from);
  const readable = all.filter((each): each is FoundRecord => each.record !== undefined);
  const armed = readable.filter((each) => each.armed);
  const intact = armed.filter(({ damage }) => damage === undefined);
  const wanted = id === undefined ? (intact.at(-1) ?? armed.at(-1)) : readable.find((each) => each.id === id);
  if (wanted) return wanted;
  const lost = all.find((each) => (id === undefined ? each.armed : each.id === id));
  if (lost) throw unreadable(lost);
  if (id !== undefined) await refuseForeign(from ?? context.store, context.connection.account, id);
  throw missing(id);
}

/** @throws EvenkeelError OTHER_ACCOUNT where the record is another account's: it is never resumed into this one */
async function refuseForeign(store: Store, account: string, id: string): Promise<void> {
  const objects = await store.list("accounts/");
  const owner = objects
    .map(({ path }) => path.split("/"))
    .find(([, , kind, name]) => kind === "records" && name === `${id}.json`)?.[1];
  if (owner === undefined || owner === account) return;
  throw new EvenkeelError("OTHER_ACCOUNT", `record ${id} is of account ${owner}, not of ${account}`, {
    hint: "sign in to that account",
    state: "nothing was changed",
  });
}

function unreadable({ id, damage }: KnownRecord): EvenkeelError {
  const run = damage?.rest[0]?.run;
  return new EvenkeelError("NO_RECORD", `nothing of record ${id} can be read: ${damage?.problem}`, {
    hint: run
      ? `\`evenkeel runs show ${run}\` tells what was paused and what it was like; where there is a backup, \`evenkeel resume --record ${id} --from s3://…\``
      : "`evenkeel records` lists all; where there is a backup, `evenkeel records --from s3://…`",
    state: "nothing was changed",
  });
}

function missing(id: string | undefined): EvenkeelError {
  const why = id === undefined ? "nothing is paused: there is no armed record" : `there is no record ${id}`;
  return new EvenkeelError("NO_RECORD", why, { hint: "`evenkeel records` lists all" });
}
