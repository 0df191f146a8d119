import { type IsoInstant, instant } from "../../../model/brand.ts";
import { addDays } from "../../../model/calendar.ts";
import type { Days } from "../../../model/cost.ts";
import { type Amount, amount, hourly, minus, NOTHING, share, sum } from "../../../model/money.ts";
import type { ResourceHour } from "../../../store/bill/contract.ts";
import type { Stay } from "./stays.ts";

const HOUR_MS = 3_600_000;

/** What a week costs tells what an hour costs: days and nights, working days and week-ends. */
const BEFORE_HOURS = 168;

/** Whole hours, or days where the bill tells days. */
export interface Window {
  readonly from: IsoInstant;
  readonly to: IsoInstant;
  readonly hours: number;
}

/** What was promised of a stay, and what the bill shows. */
export interface Measured {
  readonly stay: Stay;
  /** As far as the bill has it, in the bill's grain. */
  readonly paused: Window;
  readonly promised: Amount;
  /** What as many hours had cost before, less what was still charged. */
  readonly shown: Amount;
  /** What was still charged while it was paused. */
  readonly charged: Amount;
}

/** A stay of which the bill shows nothing, and why. */
export interface Unmeasured {
  readonly stay: Stay;
  readonly reason: string;
}

export interface MeasureMeans {
  /** The days that the bill has. */
  readonly span: Days;
  /** Of this stay's resource and of what was promised with it. */
  readonly hours: readonly ResourceHour[];
  /** The end of the stay of the same resource before this one. */
  readonly after?: IsoInstant;
}

/** Compares the hours of a stay with those before it. Pure. */
export function measure(stay: Stay, { span, hours, after }: MeasureMeans): Measured | Unmeasured {
  const { money } = stay;
  if (!money) return { stay, reason: "its plan was made without prices" };
  const other = hours.find(({ currency }) => currency !== money.currency)?.currency;
  if (other !== undefined) return { stay, reason: `the bill is in ${other}, and the promise in ${money.currency}` };
  const grain = Math.max(1, ...hours.map((each) => each.hours ?? 1));
  const billEnd = instant(`${addDays(span.end, 1)}T00:00:00Z`);
  const paused = windowOf(stay.from, earlier(stay.to ?? billEnd, billEnd), grain);
  if (paused.hours === 0) return { stay, reason: `no whole ${grain === 1 ? "hour" : "day"} of it is in the bill` };
  const week = later(instant(Date.parse(stay.from) - BEFORE_HOURS * HOUR_MS), instant(span.start), after);
  // What did not exist for the whole of it is compared with the time in which it did.
  const first = hours
    .map(({ hour }) => hour)
    .filter((hour) => hour >= week && hour < stay.from)
    .sort()[0];
  const before = windowOf(first ?? stay.from, stay.from, grain);
  const earned = costIn(hours, before);
  if (earned === NOTHING) return { stay, reason: "the bill has no charges of it from the week before" };
  const charged = costIn(hours, paused);
  const asBefore = share(earned, amount(String(paused.hours)), amount(String(before.hours)));
  return {
    stay,
    paused,
    promised: hourly(money.net, String(paused.hours), "hour"),
    shown: minus(asBefore, charged),
    charged,
  };
}

/** The whole grains between two instants; grains begin at midnight, UTC. */
function windowOf(from: IsoInstant, to: IsoInstant, grain: number): Window {
  const length = grain * HOUR_MS;
  const first = Math.ceil(Date.parse(from) / length) * length;
  const last = Math.max(first, Math.floor(Date.parse(to) / length) * length);
  return { from: instant(first), to: instant(last), hours: (last - first) / HOUR_MS };
}

function costIn(hours: readonly ResourceHour[], { from, to }: Window): Amount {
  return sum(hours.filter(({ hour }) => hour >= from && hour < to).map((each) => each.amount));
}

function earlier(a: IsoInstant, b: IsoInstant): IsoInstant {
  return a < b ? a : b;
}

function later(a: IsoInstant, ...others: readonly (IsoInstant | undefined)[]): IsoInstant {
  return others.reduce<IsoInstant>((last, each) => (each !== undefined && each > last ? each : last), a);
}
