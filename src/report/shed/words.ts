import { isListenerArn, parseArn } from "../../model/arn.ts";
import type { ShedPhase } from "../../model/shed.ts";
import type { Degree, Weights } from "../../model/weights.ts";
import { inWords } from "../../verbs/shed/foreign.ts";
import { age, duration, minute } from "../humanise.ts";

/** `…:listener/app/web/LB/LISTENER` -> `web (eu-west-1, LISTENER)` */
export function listenerName(arn: string): string {
  const { region, resource } = parseArn(arn);
  const [, , balancer = arn, , id] = resource.split("/");
  return `${balancer} (${region}, ${id})`;
}

/** `40 %`; with a cap below the whole, `40 % of at most 60 %` */
export function degreeText({ level, cap }: Degree): string {
  return cap < 100 ? `${level} % of at most ${cap} %` : `${level} %`;
}

export function phaseText(phase: ShedPhase, degree: Degree): string {
  return phase === "idle" ? "idle: nothing is shed" : `${phase}: ${degreeText(degree)}`;
}

/** `2026-01-31 14:05 UTC, 5 minutes ago` */
export function whenText(at: string, now: number): string {
  return `${minute(at)}, ${age(at, now)}`;
}

export function spanText(seconds: number): string {
  return duration(seconds * 1000);
}

export function weightsText(weights: Weights | undefined): string {
  return weights ? inWords(weights) : "not there";
}

/** `default`, or the end of a rule's ARN. */
export function shortRule(rule: string): string {
  return isListenerArn(rule) ? "default" : (rule.split("/").at(-1) ?? rule);
}
