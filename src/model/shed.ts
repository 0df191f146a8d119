import type { IsoInstant } from "./brand.ts";
import type { Degree, Spread, Weights } from "./weights.ts";

/**
 * Where the shedding of a listener stands. `holding` = at the cap, or held back by a receiving group; `frozen` = by a person;
 * `lost` = somebody else has written the weights.
 */
export const SHED_PHASES = ["idle", "shedding", "holding", "restoring", "frozen", "lost"] as const;
export type ShedPhase = (typeof SHED_PHASES)[number];

/** What a listener is shed and restored by. Percents are whole numbers. */
export interface ShedSettings {
  readonly listener: string;
  readonly primary: string;
  /** Name of the CloudWatch alarm that says the primary is overrun. */
  readonly alarm: string;
  readonly shedPercent: number;
  readonly maxShedPercent: number;
  readonly restorePercent: number;
  readonly shedDelaySeconds: number;
  readonly restoreDelaySeconds: number;
  /** Percent of the alarm's threshold that the metric must be expected to stay below before load is given back. */
  readonly restoreThresholdPercent: number;
  /** How long the alarm must have been quiet before the first load is given back. */
  readonly coolDownSeconds: number;
  /** After so long everything is given back, whatever the alarm says; absent = never. */
  readonly maxDurationSeconds?: number | undefined;
  /** How long an alarm without data is taken for what it said last; after that for OK. */
  readonly missingDataSeconds: number;
  readonly spread: Spread;
  /** Receiving groups that are meant to have no target (the balancer answers 503). */
  readonly emptyGroups: readonly string[];
}

/** The weights of one rule of the listener; of its default rule, under the listener's own ARN. */
export interface RuleWeights {
  readonly rule: string;
  readonly weights: Weights;
}

/** Who may write just now. Whoever holds it beyond `until` has lost it. */
export interface Lease {
  readonly owner: string;
  readonly until: IsoInstant;
}

/** What is kept of a listener between two steps. Every change of it is a new revision, written only upon the one before. */
export interface ShedState {
  readonly schema: 1;
  readonly listener: string;
  readonly primary: string;
  /** Counts the writes of this state. */
  readonly revision: number;
  /** Counts the steps; a message of an older one is dropped. */
  readonly generation: number;
  readonly phase: ShedPhase;
  readonly degree: Degree;
  /** Recorded before the first change; empty = nothing is shed. */
  readonly baseline: readonly RuleWeights[];
  /** What the last step left behind. */
  readonly written: readonly RuleWeights[];
  /** Write ahead: what a step was about to write when this was stored; its end is not known. */
  readonly pending?: { readonly degree: Degree; readonly rules: readonly RuleWeights[] };
  /** Why it stands where it stands: a sentence. */
  readonly why: string;
  /** When the first load was shed. */
  readonly since?: IsoInstant;
  readonly changedAt: IsoInstant;
  /** How much was shed before that change. */
  readonly former?: Degree;
  /** When the next step is to be made; absent = none is. */
  readonly dueAt?: IsoInstant;
  /** The last direction that the alarm's own state gave. */
  readonly direction?: "shed" | "restore";
  /** All is given back, whatever the alarm says: a person's order, or the time is over. */
  readonly givingBack?: boolean;
  readonly lease?: Lease;
}

/** What brings the next step about: a message that names the generation it was sent for. */
export interface ShedMessage {
  readonly shed: 1;
  readonly listener: string;
  readonly generation: number;
}

/** A target group as a receiver of load. `unknown` = its health could not be read. */
export type GroupHealth = "healthy" | "none-healthy" | "empty" | "unknown";

/** What is read before a step is decided. */
export interface ShedReading {
  /** Milliseconds. */
  readonly now: number;
  readonly alarm: AlarmReading | "gone";
  /** Rules that carry the primary and at least one other group, in the balancer's order; `gone` = the listener is. */
  readonly rules: readonly RuleWeights[] | "gone";
  /** Every rule that there is, also those that carry no load of the primary; named as in `rules`. */
  readonly present: readonly string[];
  readonly health: Readonly<Record<string, GroupHealth>>;
}

/** The alarm that says the primary is overrun. */
export interface AlarmReading {
  readonly state: "ALARM" | "OK" | "INSUFFICIENT_DATA";
  /** Since when, milliseconds. */
  readonly since: number;
  /** What the metric must not exceed; absent = the alarm is of another kind (less than, a band, a composite). */
  readonly threshold?: number;
  /** The metric in its last whole period; absent = there is no data, or it could not be read. */
  readonly value?: number;
  /** When that period began, milliseconds. */
  readonly valueSince?: number;
  /** The metric counts load (requests, connections, bytes): half of the weight gives half of the metric. */
  readonly countsLoad?: boolean;
}

/** What is to be done next. */
export interface ShedDecision {
  readonly phase: ShedPhase;
  /** Absolute: the same as it stands = nothing is written. */
  readonly degree: Degree;
  readonly why: string;
  readonly direction?: "shed" | "restore";
  readonly givingBack?: boolean;
  /** The state is dropped: nothing is written, and nothing is left to give back. */
  readonly forgets?: boolean;
  /** Seconds until the next step; absent = the loop ends here. */
  readonly nextSeconds?: number;
  /** What a person has to be told. */
  readonly tell?: string | undefined;
}
