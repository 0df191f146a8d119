import { expect, it } from "vitest";
import { judge, MISSING_DATA, type Verdict } from "./judge.ts";

/** `0` = within the threshold, `X` = breaching, `-` = missing. */
const valuesOf = (points: string) =>
  points.split(" ").map((point) => (point === "-" ? undefined : point === "X" ? 1 : 0));

type Row = readonly [points: string, missing: Verdict, ignore: Verdict, breaching: Verdict, notBreaching: Verdict];

/** The two tables of the user guide, "How alarm state is evaluated when data is missing". */
const THREE_OF_THREE: readonly Row[] = [
  ["0 - X - X", "OK", "OK", "OK", "OK"],
  ["0 - - - -", "OK", "OK", "OK", "OK"],
  ["- - - - -", "INSUFFICIENT_DATA", "keep", "ALARM", "OK"],
  ["0 X X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
  ["- - X - -", "ALARM", "keep", "ALARM", "OK"],
];
const TWO_OF_THREE: readonly Row[] = [
  ["0 - X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
  ["0 0 X 0 X", "ALARM", "ALARM", "ALARM", "ALARM"],
  ["0 - X - -", "OK", "OK", "ALARM", "OK"],
  ["- - - - 0", "OK", "OK", "ALARM", "OK"],
  ["- - - X -", "ALARM", "keep", "ALARM", "OK"],
];

function verdicts(points: string, toAlarm: number) {
  const rest = { periods: 3, toAlarm, breaches: (value: number) => value > 0 };
  const by = Object.fromEntries(
    MISSING_DATA.map((missing) => [missing, judge({ ...rest, missing, values: valuesOf(points) })]),
  );
  return [points, by.missing, by.ignore, by.breaching, by.notBreaching];
}

it.each(THREE_OF_THREE)("judges %s by three of three as the user guide does", (points, ...rest) => {
  expect(verdicts(points, 3)).toEqual([points, ...rest]);
});

it.each(TWO_OF_THREE)("judges %s by two of three as the user guide does", (points, ...rest) => {
  expect(verdicts(points, 2)).toEqual([points, ...rest]);
});

it("waits while the only data are breaching and too young", () => {
  expect(verdicts("- - - - X", 3)).toEqual(["- - - - X", "keep", "keep", "ALARM", "OK"]);
});
