import { type EvenkeelError, isError } from "../../model/errors.ts";
import type { Kept } from "../../model/plan.ts";
import type {
  AlarmReading,
  GroupHealth,
  Lease,
  ShedDecision,
  ShedPhase,
  ShedSettings,
  ShedState,
} from "../../model/shed.ts";
import type { Degree, Weights } from "../../model/weights.ts";
import type { ShedContext } from "./context.ts";
import { decide } from "./decide.ts";
import { foreignChange, weightsOf } from "./foreign.ts";
import { busyFor, LEASE_SECONDS } from "./lease.ts";
import { whyCoarse } from "./levels.ts";
import { look } from "./read.ts";
import { baselineOf, primaryOf } from "./receivers.ts";
import { freshState } from "./stand.ts";

export interface RuleStatus {
  readonly rule: string;
  readonly baseline: Weights;
  /** Absent = it is gone, or no longer forwards to the primary group and another one. */
  readonly now?: Weights;
  /** What the last step has left, or a step that was cut short was about to write. */
  readonly wanted: Weights;
  /** What a person should know of it. */
  readonly note?: string;
}

export interface GroupStatus {
  readonly group: string;
  readonly isPrimary: boolean;
  readonly health: GroupHealth;
  /** It is meant to have no target. */
  readonly isEmptyOnPurpose: boolean;
}

/** How the shedding of a listener stands. */
export interface ShedStatus {
  readonly at: number;
  readonly settings: ShedSettings;
  /** The ledger's own, or `lost` where somebody else has written weights and no step has seen it yet. */
  readonly phase: ShedPhase;
  readonly degree: Degree;
  readonly why: string;
  readonly state: ShedState;
  /** What is kept can't be read: phase and degree are only those of a beginning. */
  readonly damage?: EvenkeelError;
  readonly isGone: boolean;
  /** What the loop's next step would do as things are; absent = no step of its own is made. */
  readonly next?: ShedDecision;
  /** The next step is so late that nobody makes it any more. */
  readonly isOverdue: boolean;
  /** Of whoever is at work just now. */
  readonly lease?: Lease;
  readonly alarm: AlarmReading | "gone";
  readonly rules: readonly RuleStatus[];
  readonly groups: readonly GroupStatus[];
  readonly kept: readonly Kept[];
}

/**
 * Reads how it stands; changes nothing, and works as well where nothing was ever shed, where the listener or the alarm is
 * gone, and where the state is damaged.
 * @throws what reading throws
 */
export async function readStatus(
  context: Pick<ShedContext, "connection" | "clock" | "signal" | "settings" | "guards" | "ledger">,
): Promise<ShedStatus> {
  const { settings, clock } = context;
  const { state, damage } = await stateIn(context);
  const { reading, kept } = await look(context, state);
  const { now } = reading;
  const foreign = foreignChange(state, reading);
  const isStill = state.phase === "frozen" || state.phase === "lost";
  const isLoop = state.baseline.length > 0 && !isStill;
  const { dueAt, lease } = state;
  const primary = primaryOf(state, settings);
  const live = reading.rules === "gone" ? [] : reading.rules;
  return {
    at: now,
    settings,
    phase: foreign && state.phase !== "frozen" ? "lost" : state.phase,
    degree: state.degree,
    why: foreign ?? state.why,
    state,
    ...(damage ? { damage } : {}),
    isGone: reading.rules === "gone",
    ...(isStill || damage ? {} : { next: decide(state, settings, reading) }),
    isOverdue: isLoop && dueAt !== undefined && now > Date.parse(dueAt) + LEASE_SECONDS * 1000,
    ...(lease && busyFor(state, now) !== undefined ? { lease } : {}),
    alarm: reading.alarm,
    rules: baselineOf(state, reading).map(({ rule, weights: baseline }): RuleStatus => {
      const weights = weightsOf(live, rule);
      const isMissing = weights === undefined && !reading.present.includes(rule);
      const note = isMissing ? "it was deleted" : whyCoarse(baseline, primary, settings.shedPercent);
      return {
        rule,
        baseline,
        ...(weights ? { now: weights } : {}),
        wanted: weightsOf(state.pending?.rules ?? state.written, rule) ?? baseline,
        ...(note ? { note } : {}),
      };
    }),
    groups: Object.entries(reading.health).map(([group, health]) => ({
      group,
      isPrimary: group === primary,
      health,
      isEmptyOnPurpose: settings.emptyGroups.includes(group),
    })),
    kept,
  };

  async function stateIn({
    ledger,
  }: Pick<ShedContext, "ledger">): Promise<{ state: ShedState; damage?: EvenkeelError }> {
    const fresh = freshState(settings, clock.now());
    try {
      return { state: (await ledger.read(settings.listener)) ?? fresh };
    } catch (error) {
      if (!isError(error, "REFUSED")) throw error;
      return { state: fresh, damage: error };
    }
  }
}
