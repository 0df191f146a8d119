import { parse } from "csv-parse/sync";
import { EvenkeelError } from "../../../model/errors.ts";
import type { LoadPoint, Profile } from "./profile.ts";

/** Longer profiles are refused: every second of one is worked out. */
const LONGEST_DAYS = 14;

interface Line {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * A load profile as `seconds,rps`: each line is the rate from that second up to the next line's; the last one lasts as long
 * as the line before it. Time counts from the first line, so seconds since the epoch will do.
 * @throws EvenkeelError USAGE with the file and line of what can't be read: nothing is left out silently
 */
export function parseProfile(text: string, file: string): Profile {
  const [header, ...lines] = linesOf(text, file);
  if (header?.record.join(",").toLowerCase() !== "seconds,rps")
    throw refusal(file, header?.info.lines ?? 1, 'the heading is not "seconds,rps"');
  const rates = lines.map((line): LoadPoint => {
    if (line.record.length !== 2) throw refusal(file, line.info.lines, `${line.record.length} values instead of 2`);
    return [number("seconds", line, 0, file), number("rps", line, 1, file)];
  });
  if (rates.length < 2) throw refusal(file, 1, "a profile needs two lines of values or more: one has no length");
  rates.forEach(([seconds], at) => {
    const before = rates[at - 1]?.[0] ?? Number.NEGATIVE_INFINITY;
    if (seconds <= before)
      throw refusal(file, lines[at]?.info.lines ?? 1, `second ${seconds} does not come after second ${before}`);
  });
  return { name: file, points: held(rates, file) };
}

function held(rates: readonly LoadPoint[], file: string): LoadPoint[] {
  const first = rates[0]?.[0] ?? 0;
  const [[before], [last]] = rates.slice(-2) as [LoadPoint, LoadPoint];
  const end = last + (last - before);
  if (end - first > LONGEST_DAYS * 86_400)
    throw refusal(file, rates.length + 1, `the profile is longer than ${LONGEST_DAYS} days`);
  return rates.flatMap(([seconds, rps], at): LoadPoint[] => [
    [seconds - first, rps],
    [(rates[at + 1]?.[0] ?? end) - first, rps],
  ]);
}

function linesOf(text: string, file: string): Line[] {
  try {
    // Lines of other lengths are told with their own number, below.
    const options = { bom: true, info: true, trim: true, skip_empty_lines: true, relax_column_count: true } as const;
    return parse(text, options) as unknown as Line[];
  } catch (error) {
    const line = (error as { lines?: number }).lines ?? 1;
    throw refusal(file, line, error instanceof Error ? error.message : String(error));
  }
}

function number(name: string, { record, info }: Line, at: number, file: string): number {
  const text = record[at] ?? "";
  const value = Number(text);
  if (text === "" || !Number.isFinite(value)) throw refusal(file, info.lines, `${name} is "${text}": not a number`);
  if (value < 0) throw refusal(file, info.lines, `${name} is ${text}: less than nothing`);
  return value;
}

function refusal(file: string, line: number, what: string): EvenkeelError {
  return new EvenkeelError("USAGE", `${file}:${line}: ${what}`, {
    hint: 'a profile is CSV: the heading "seconds,rps", then one line for each change, for example 0,50 and 60,120',
  });
}
