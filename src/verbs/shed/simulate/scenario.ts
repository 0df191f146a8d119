import type { ShedSettings } from "../../../model/shed.ts";
import type { Weights } from "../../../model/weights.ts";

export const CONTROLS = ["ours", "classic"] as const;
export type ControlName = (typeof CONTROLS)[number];

/** The alarm on the primary: the sum of `AWS/ApplicationELB RequestCountPerTarget`, strictly greater than the threshold. */
export interface AlarmSettings {
  /** Requests per target in one period. */
  readonly threshold: number;
  readonly periodSeconds: number;
  /** All of so many periods must exceed it. */
  readonly evaluationPeriods: number;
}

/** The primary target group and how it grows. */
export interface PrimaryGroup {
  /** At the start, and the least it ever has. */
  readonly targets: number;
  /** Requests a second that one target can serve. */
  readonly capacity: number;
  readonly maxTargets: number;
  /** Targets are added when each gets more requests a minute. */
  readonly scaleAbove: number;
  /** From that minute until they serve. */
  readonly scalingDelaySeconds: number;
  /** One goes after each so many seconds in which one less would be enough. */
  readonly scaleInSeconds: number;
}

/** All that a run follows from, besides the load. */
export interface Scenario {
  readonly name: string;
  readonly control: ControlName;
  readonly settings: ShedSettings;
  readonly alarm: AlarmSettings;
  readonly primary: PrimaryGroup;
  /** Requests a second that each other group can serve, by name; 0 = it is meant to be empty and refuses all (503). */
  readonly receivers: Readonly<Record<string, number>>;
  /** Of the one rule there is: the primary and every receiving group. */
  readonly baseline: Weights;
  /** From the writing of weights until requests follow them. */
  readonly propagationSeconds: number;
}
