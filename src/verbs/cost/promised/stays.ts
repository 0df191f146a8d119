import type { AccountId, IsoInstant } from "../../../model/brand.ts";
import { grouped } from "../../../model/grouped.ts";
import type { Money } from "../../../model/money.ts";
import type { Operation, Target } from "../../../model/plan.ts";
import type { OfflineContext } from "../../context.ts";
import type { Attempt } from "../../runs/attempts.ts";
import { runDetails, runsOf } from "../../runs/runs.ts";

/** A resource that was paused, from when to when, and what the plan promised of it. */
export interface Stay {
  readonly run: string;
  readonly record?: string;
  readonly target: Target;
  /** When AWS had done it. */
  readonly from: IsoInstant;
  /** When its resume was begun; absent = it is still paused. */
  readonly to?: IsoInstant;
  /** Absent = the plan was made without prices. */
  readonly money?: Money;
}

interface Done extends Stay {
  readonly operation: Operation;
}

/** Every stay of an account's past pauses, the oldest first. Runs whose plan or journal is damaged are left out and counted. */
export async function staysOf(
  context: OfflineContext,
  account: AccountId,
): Promise<{ readonly stays: readonly Stay[]; readonly damaged: readonly string[] }> {
  const done: Done[] = [];
  const damaged: string[] = [];
  for (const { id, record } of await runsOf(context, account)) {
    const { plan, attempts, summary } = await runDetails(context, account, id);
    if (!plan || summary.damaged.length > 0) damaged.push(id);
    for (const attempt of attempts)
      done.push(...doneBy(attempt, { run: id, ...(record === undefined ? {} : { record }) }));
  }
  return { stays: paired(done), damaged };
}

/** A pause counts from its end and a resume from its beginning: what lies between cost nothing of what was stopped. */
function doneBy({ planned, outcome, begunAt, endedAt }: Attempt, of: Pick<Stay, "run" | "record">): Done[] {
  const at = planned?.operation === "pause" ? endedAt : begunAt;
  if (!planned || outcome?.kind !== "applied" || at === undefined) return [];
  if (planned.operation !== "pause" && planned.operation !== "resume") return [];
  const { target, money, operation } = planned;
  return [{ ...of, operation, target, from: at, ...(money ? { money } : {}) }];
}

/** Of one record there is one stay until its resume: a database that AWS starts after seven days is stopped again and again. */
function paired(done: readonly Done[]): Stay[] {
  const ofEach = grouped(
    done.toSorted((a, b) => (a.from < b.from ? -1 : 1)),
    ({ target }) => target.arn,
  );
  const stays = [...ofEach.values()].flatMap((own) =>
    own.flatMap(({ operation, ...stay }, at): Stay[] => {
      const isSame = (each: Done | undefined) => each?.operation === "pause" && each.record === stay.record;
      if (operation !== "pause" || (stay.record !== undefined && isSame(own[at - 1]))) return [];
      const next = own.slice(at + 1).find((each) => stay.record === undefined || !isSame(each));
      return [{ ...stay, ...(next ? { to: next.from } : {}) }];
    }),
  );
  return stays.sort((a, b) => (a.from < b.from ? -1 : 1));
}
