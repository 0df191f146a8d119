/** Numbers for people. JSON always has the exact ones. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const counted = new Intl.NumberFormat("en-US");

/** `1204` -> `1,204`. */
export function count(number: number): string {
  return counted.format(number);
}

/** `count(1, "resource")` -> `1 resource`; `count(2, …)` -> `2 resources`. */
export function countOf(number: number, noun: string, plural = `${noun}s`): string {
  return `${count(number)} ${number === 1 ? noun : plural}`;
}

/** Milliseconds as `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`, `3 d 4 h`. */
export function duration(ms: number): string {
  if (ms < 9.95 * SECOND) return `${(Math.max(0, ms) / SECOND).toFixed(1).replace(/\.0$/, "")} s`;
  const whole = Math.round(ms / SECOND) * SECOND;
  if (whole < MINUTE) return `${whole / SECOND} s`;
  if (whole < HOUR) return pair(whole, MINUTE, "min", SECOND, "s");
  if (whole < DAY) return pair(whole, HOUR, "h", MINUTE, "min");
  return pair(whole, DAY, "d", HOUR, "h");
}

function pair(ms: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const first = Math.floor(ms / large);
  const second = Math.floor((ms % large) / small);
  return second === 0 ? `${first} ${largeUnit}` : `${first} ${largeUnit} ${second} ${smallUnit}`;
}

/** How long ago, in one unit: `just now`, `5 minutes ago`, `2 days ago`; in the future `in 5 minutes`. */
export function age(instant: number | string, now: number): string {
  const then = typeof instant === "number" ? instant : Date.parse(instant);
  const ms = now - then;
  const size = Math.abs(ms);
  if (size < MINUTE) return "just now";
  const text =
    size < HOUR
      ? countOf(Math.floor(size / MINUTE), "minute")
      : size < DAY
        ? countOf(Math.floor(size / HOUR), "hour")
        : size < 60 * DAY
          ? countOf(Math.floor(size / DAY), "day")
          : size < 730 * DAY
            ? countOf(Math.floor(size / (30.44 * DAY)), "month")
            : countOf(Math.floor(size / (365.25 * DAY)), "year");
  return ms < 0 ? `in ${text}` : `${text} ago`;
}

const BYTE_UNITS = ["B", "kB", "MB", "GB", "TB"];

/** `8240000` -> `8.2 MB`, in decimal units. */
export function bytes(number: number): string {
  let value = number;
  let unit = 0;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits).replace(/\.0$/, "")} ${BYTE_UNITS[unit]}`;
}

/** An instant to the minute, in UTC: `2026-01-31 14:05 UTC`. */
export function minute(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}

/** A list as in a sentence: `a, b and c`. */
export function sentenceList(items: readonly string[], joint = "and"): string {
  if (items.length <= 1) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${joint} ${items.at(-1)}`;
}
