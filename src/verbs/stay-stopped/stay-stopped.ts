import { type Arn, type IsoInstant, instant } from "../../model/brand.ts";
import { readRestart, writeRestart } from "../../store/restarts.ts";
import type { VerbContext } from "../context.ts";
import { lookAt } from "../resume/look.ts";
import { type Again, stopAgain } from "./again.ts";
import { type Holder, holderOf, whyNot } from "./holder.ts";

/** Something that RDS tells of a database. */
export interface Happening {
  /** `restarting`: AWS begins to start it, because it was stopped for seven days; `started`: it is up, whoever did that. */
  readonly kind: "restarting" | "started";
  readonly arn: Arn;
  readonly at: IsoInstant;
}

/** What became of it. */
export type Stayed =
  /** Nobody needs to be told. */
  | { readonly kind: "nothing"; readonly why: string }
  /** It runs although a record says that it is paused. */
  | { readonly kind: "left"; readonly why: string; readonly record: string }
  | (Exclude<Again, { readonly kind: "left" }> & { readonly record: string });

/**
 * So long after AWS has begun to start a database its being up is AWS's doing. A start may have to recover a large database
 * first, which takes hours; somebody who stops and starts it by hand does so later.
 */
const STARTING_MS = 24 * 3_600_000;

/**
 * A stop takes longer than this, and so does the start after it: what is told of the time before is of the start that was dealt
 * with. Its being up may be told a moment after it is being stopped again.
 */
const STOPPING_MS = 2 * 60_000;

/**
 * Stops again what AWS has started by itself although an armed record says that it is paused. While it starts, RDS refuses to
 * stop it, so that is only remembered; what is up without that was started by somebody, and is left. Events may come twice,
 * late, and in any order. Source: RDS user guide, "Amazon RDS event categories and event messages".
 * @throws what reading and stopping throw: the event is to come again
 */
export async function stayStopped(
  context: VerbContext,
  happening: Happening,
  options: { readonly dryRun: boolean },
): Promise<Stayed> {
  const { store, clock, connection } = context;
  const { account } = connection;
  const { arn, at, kind } = happening;
  const holder = await holderOf(context, arn);
  if (!holder) return { kind: "nothing", why: `no armed record says that ${arn} is paused` };
  if ("unreadable" in holder)
    return { kind: "left", record: holder.unreadable, why: "that record is damaged, and can't be trusted" };
  const known = await readRestart(store, account, arn);
  if (known?.ended !== undefined && Date.parse(at) <= Date.parse(known.ended) + STOPPING_MS)
    return { kind: "nothing", why: `what happened at ${at} was dealt with at ${known.ended}` };
  const open = known?.ended === undefined ? known : undefined;
  const record = holder.record.id;
  if (kind === "started" && !(open && isOf(open.at, at)))
    return { kind: "left", record, why: "somebody has started it: AWS did not announce that it would" };
  const began = kind === "started" && open ? open.at : at;
  // One that was begun to be stopped and cut off is on its way already.
  if (kind === "restarting" && !(open?.at === at && open.acted !== undefined)) {
    if (clock.now() - Date.parse(at) > STARTING_MS) return { kind: "nothing", why: `that was at ${at}, too long ago` };
    await writeRestart(store, account, { arn, at });
    // Its being up may have been told before.
    if (!(await isUp(context, holder)))
      return { kind: "nothing", why: "AWS is starting it: it is stopped when it is up" };
  }
  const why = await whyNot(context, record);
  if (why !== undefined) return { kind: "left", record, why };
  const acted = instant(clock.now());
  if (!options.dryRun) await writeRestart(store, account, { arn, at: began, acted });
  const again = await stopAgain(context, holder, options);
  if (isOver(again)) await writeRestart(store, account, { arn, at: began, acted, ended: instant(clock.now()) });
  if (again.kind === "left")
    return again.isStopped ? { kind: "nothing", why: again.why } : { kind: "left", record, why: again.why };
  return { ...again, record };
}

function isOf(began: IsoInstant, up: IsoInstant): boolean {
  const ms = Date.parse(up) - Date.parse(began);
  return ms >= 0 && ms <= STARTING_MS;
}

async function isUp(context: VerbContext, { step }: Holder): Promise<boolean> {
  const now = await lookAt(context, step);
  return now.kind === "seen" && now.phase === "done";
}

/** What was not done is tried again when the event comes again. */
function isOver(again: Again): boolean {
  if (again.kind === "left") return again.isStopped ?? false;
  if (again.kind === "planned") return true;
  return [...again.outcomes.values()].every(({ kind }) => kind === "applied" || kind === "unchanged");
}
