import type { Facts, Group } from "../../catalog/contract.ts";
import type { AccountId, IsoInstant } from "../../model/brand.ts";
import type { CoverageCell } from "../../model/coverage.ts";
import type { Amount, Currency, Money, PlanMoney, Rate } from "../../model/money.ts";
import type { Target } from "../../model/plan.ts";

/**
 * `running` = a pause would stop it; `kept` = it runs and a pause would leave it, with the reason; `moving` = on its way
 * from one to the other by itself; `unknown` = its state could not be read.
 */
export type StatusState = "running" | "paused" | "moving" | "kept" | "unknown";

/** Whether something that runs is used. Absent at a row: nobody asked, or no metric tells. */
export interface Idleness {
  readonly kind: "idle" | "busy" | "no data" | "too young" | "unknown";
  /** For people, with the numbers or the reason: `CPUUtilization at most 1 % in 7 days`. */
  readonly says: string;
}

/** A record that holds a resource, and when AWS itself starts it again. */
export interface Held {
  readonly record: string;
  readonly restartsAt?: IsoInstant;
}

export interface StatusRow {
  readonly target: Target;
  readonly facts: Pick<Facts, "short" | "title" | "group" | "pause" | "noStop">;
  readonly state: StatusState;
  /** What it is like: `running`, `3 of 3 tasks`, `available`. */
  readonly words: string;
  /** Why a pause leaves it, or why its state is unknown. */
  readonly reason?: string;
  /** What it costs now, what of it a pause would leave (all of it where it can't be paused), and the difference. Absent = nobody asked. */
  readonly money?: Money;
  readonly idle?: Idleness;
  readonly held?: Held;
  /** Its owner has to be paused with it. */
  readonly owned: boolean;
}

/** Sums over rows. Rows that are counted with another, and parts without a price, are not in them. */
export interface StatusTotal {
  readonly resources: number;
  /** In the given state. */
  readonly states: Readonly<Record<StatusState, number>>;
  readonly idle: number;
  /** Absent = nobody asked for prices, or nothing of it has one. */
  readonly cost?: Rate;
  /** What goes on costing once everything that can be paused is. */
  readonly remains?: Rate;
  /** Parts without a price. */
  readonly unpriced: number;
}

export interface StatusGroup {
  readonly group: Group;
  /** The dearest first. */
  readonly rows: readonly StatusRow[];
  readonly total: StatusTotal;
}

/** Something that a person could do about the costs, or should know of them. */
export interface Advice {
  readonly kind: "pause idle" | "remove idle" | "paused, still costs";
  readonly row: StatusRow;
  /** What doing it saves an hour, or what goes on costing; absent = it has no price. */
  readonly hour?: Amount;
  readonly says: string;
  readonly command?: string;
}

export interface RecordStatus {
  readonly id: string;
  /** What is wrong with it; what can be read of it all the same is below. */
  readonly problem?: string;
  readonly createdAt?: IsoInstant;
  readonly expiresAt?: IsoInstant;
  readonly overdue: boolean;
  readonly resources: readonly Target[];
  /** Of them what is not there: deleted by the pause, as endpoints are, or by somebody. */
  readonly absent: readonly Target[];
  /** What AWS starts by itself, the soonest first. */
  readonly restarts: readonly { readonly target: Target; readonly at: IsoInstant; readonly past: boolean }[];
}

/** An account as far as its running costs go, now. */
export interface StatusResult {
  readonly account: AccountId;
  readonly at: IsoInstant;
  readonly groups: readonly StatusGroup[];
  readonly total: StatusTotal;
  /** Absent = nobody asked for prices. */
  readonly prices?: { readonly currency: Currency; readonly source: string } & Pick<PlanMoney, "pricesOf">;
  readonly advice: readonly Advice[];
  /** Armed ones, oldest first. */
  readonly records: readonly RecordStatus[];
  /** What could not be completely read: what is there is in no row and in no sum. */
  readonly unseen: readonly CoverageCell[];
}
