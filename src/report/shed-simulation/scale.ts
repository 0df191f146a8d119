/** The least round number (1, 2, 2.5 or 5 times a power of ten) that is not below. */
export function roundUp(number: number): number {
  if (number <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(number));
  return ([1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((each) => each * power >= number * 0.999_999) ?? 10) * power;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const STEPS = [
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  20 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
];

/** Round moments from 0 to the end, at most so many. */
export function moments(endSeconds: number, most: number): { readonly seconds: number; readonly text: string }[] {
  const step = STEPS.find((each) => endSeconds / each < most) ?? Math.ceil(endSeconds / most / (24 * HOUR)) * 24 * HOUR;
  return Array.from({ length: Math.floor(endSeconds / step) + 1 }, (_, at) => {
    const seconds = at * step;
    const text = seconds % (HOUR / 2) === 0 && seconds >= HOUR ? `${seconds / HOUR} h` : `${seconds / MINUTE} min`;
    return { seconds, text: seconds === 0 ? "0" : text };
  });
}
