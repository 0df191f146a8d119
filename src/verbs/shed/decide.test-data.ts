import type { AlarmReading, ShedReading, ShedSettings, ShedState } from "../../model/shed.ts";
import { freshState } from "./stand.ts";

export const NOW = Date.parse("2026-03-02T10:00:00.000Z");
export const WEB = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1111111111111111";
export const STANDBY = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/standby/2222222222222222";
export const BALANCER = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/3333333333333333";
export const LISTENER = `${BALANCER.replace(":loadbalancer/", ":listener/")}/4444444444444444`;
export const RULE = LISTENER.replace(":listener/", ":listener-rule/").concat("/5555555555555555");

/** What a listener is shed by where only what is required is given. */
export const SETTINGS: ShedSettings = {
  listener: LISTENER,
  primary: WEB,
  alarm: "web-overrun",
  shedPercent: 5,
  maxShedPercent: 100,
  restorePercent: 5,
  shedDelaySeconds: 60,
  restoreDelaySeconds: 120,
  restoreThresholdPercent: 80,
  coolDownSeconds: 120,
  missingDataSeconds: 300,
  spread: "evenly",
  emptyGroups: [],
};

/** An alarm in a state for so many seconds. */
export function alarm(state: AlarmReading["state"], seconds = 600, more: Partial<AlarmReading> = {}): AlarmReading {
  return { state, since: NOW - seconds * 1000, threshold: 500, countsLoad: true, ...more };
}

/** What is read of a listener with one rule. */
export function reading(primary: number, what: Partial<ShedReading> = {}): ShedReading {
  return {
    now: NOW,
    alarm: alarm("OK"),
    rules: [{ rule: RULE, weights: { [WEB]: primary, [STANDBY]: 100 - primary } }],
    present: [RULE, LISTENER],
    health: { [WEB]: "healthy", [STANDBY]: "healthy" },
    ...what,
  };
}

/** The state of a listener of which a rule of 100/0 is shed to a level. */
export function shedTo(level: number, more: Partial<ShedState> = {}): ShedState {
  const rule = { rule: RULE, weights: { [WEB]: 100 - level, [STANDBY]: level } };
  return {
    ...freshState(SETTINGS, NOW - 60_000),
    revision: 7,
    generation: 3,
    phase: "shedding",
    degree: { level, cap: 100 },
    baseline: [{ rule: RULE, weights: { [WEB]: 100, [STANDBY]: 0 } }],
    written: [rule],
    since: new Date(NOW - 600_000).toISOString() as NonNullable<ShedState["since"]>,
    direction: "shed",
    ...more,
  };
}
