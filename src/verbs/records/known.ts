import { type AccountId, instant } from "../../model/brand.ts";
import type { PauseRecord } from "../../store/record-text.ts";
import { closedRecords, type ListedRecord, listRecords } from "../../store/records.ts";
import type { OfflineContext } from "../context.ts";
import { begunSteps, copyOf, type LostStep, lostIds, partOf } from "./recover.ts";

/** A pause record with what can be put back of it. */
export interface KnownRecord {
  readonly id: string;
  readonly armed: boolean;
  /** Absent = nothing of it can be read. */
  readonly record?: PauseRecord;
  /** Absent = it is as it was written. */
  readonly damage?: Damage;
}

export interface Damage {
  readonly problem: string;
  /** The run whose plan is an intact copy of all of it; absent = `record` has only the steps that are intact. */
  readonly copy?: string;
  /** Steps that are known to have been begun, and whose prior state is not. */
  readonly rest: readonly LostStep[];
}

export type RecordsContext = Pick<OfflineContext, "store" | "clock">;

/**
 * An account's records, oldest first, the damaged ones with what is left of them: in the plan that their run keeps, in
 * the record itself, in the journal. A record whose file is gone although its pause had begun is listed, too.
 */
export async function knownRecords(context: RecordsContext, account: AccountId): Promise<KnownRecord[]> {
  const { store } = context;
  const listed = await listRecords(store, account);
  const known = await Promise.all(listed.map((each) => knownRecord(context, account, each)));
  const ids = new Set([...known.map(({ id }) => id), ...(await closedRecords(store, account))]);
  const lost = await lostIds(store, account, ids);
  const gone = (id: string): ListedRecord => ({
    kind: "damaged",
    id,
    armed: true,
    problem: "its file is gone",
    salvage: { steps: [] },
  });
  return [...(await Promise.all(lost.map((id) => knownRecord(context, account, gone(id))))), ...known];
}

async function knownRecord(
  { store, clock }: RecordsContext,
  account: AccountId,
  listed: ListedRecord,
): Promise<KnownRecord> {
  if (listed.kind === "readable") return { id: listed.record.id, armed: listed.armed, record: listed.record };
  const { id, armed, problem, salvage } = listed;
  const copy = await copyOf(store, account, id, salvage);
  if (copy) return { id, armed, record: copy.record, damage: { problem, copy: copy.run, rest: [] } };
  const taken = new Set(salvage.steps.map((step) => step.id));
  const rest = (await begunSteps(store, account, id)).filter(({ step }) => !taken.has(step));
  const damage = { problem, rest };
  if (salvage.steps.length === 0) return { id, armed, damage };
  return { id, armed, record: partOf(id, account, salvage, instant(clock.now())), damage };
}

/** What armed records hold, by ARN, with the record's id: also what only a journal knows of. */
export function heldBy(records: readonly KnownRecord[]): ReadonlyMap<string, string> {
  return new Map(
    records
      .filter(({ armed }) => armed)
      .flatMap(({ id, record, damage }) => {
        const arns = [...(record?.plan.steps ?? []).map(({ target }) => target.arn as string), ...lostArns(damage)];
        return arns.map((arn) => [arn, id] as const);
      }),
  );
}

function lostArns(damage: Damage | undefined): string[] {
  return (damage?.rest ?? []).map(({ arn }) => arn);
}
