import { html, type Markup, trusted } from "../delta/html/markup.ts";
import { count } from "../humanise.ts";
import { moments } from "./scale.ts";

/* Charts over time as SVG of our own making: steps, because what is drawn holds for a stretch of time. */

const WIDTH = 960;
const LEFT = 64;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 24;

export interface Frame {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What is to be seen, for those who can't. */
  readonly says: string;
  readonly endSeconds: number;
  /** Of the vertical axis. */
  readonly top: number;
  readonly unit: string;
  readonly height: number;
}

/** A stretch of time and what holds in it; the last one lasts to the end. */
export interface Stretch {
  readonly seconds: number;
  readonly value: number;
}

/** One chart: the layers lie on the grid, each over the one before. */
export function chart(frame: Frame, layers: readonly Markup[]): Markup {
  const { id, title, says, endSeconds, top, unit, height } = frame;
  const x = (seconds: number) => px(xOf(seconds, frame));
  const y = (value: number) => px(yOf(value, frame));
  const times = moments(endSeconds, 9).map(
    ({ seconds, text }) =>
      html`<text x="${x(seconds)}" y="${height - 6}" text-anchor="${seconds === endSeconds ? "end" : "middle"}">${text}</text>`,
  );
  const lines = [0, 0.5, 1].map(
    (share) =>
      html`<path class="grid" d="M${LEFT} ${y(share * top)}H${WIDTH - RIGHT}"/><text x="${LEFT - 8}" y="${y(share * top)}" dy=".35em" text-anchor="end">${count(share * top)}${unit}</text>`,
  );
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${id}-title ${id}-says">
<title id="${id}-title">${title}</title><desc id="${id}-says">${says}</desc>
<defs><pattern id="${id}-stripes" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="rejected" width="7" height="7"/><path class="stripes" d="M0 0V7"/></pattern></defs>
${lines}${layers}${times}
</svg>`;
}

/** What lies between two heights, stretch by stretch. `fill` = a pattern of the chart. */
export function area(
  frame: Frame,
  kind: string,
  { lower, upper, fill }: { lower: readonly Stretch[]; upper: readonly Stretch[]; fill?: string },
): Markup {
  const back = [...steps(frame, lower)].reverse();
  const outline = trusted(path([...steps(frame, upper), ...back]));
  const filled = fill === undefined ? "" : html` fill="url(#${frame.id}-${fill})"`;
  return html`<path${kind === "" ? "" : html` class="${kind}"`}${filled} d="${outline}Z"/>`;
}

export function outline(frame: Frame, kind: string, stretches: readonly Stretch[]): Markup {
  return html`<path class="${kind}" d="${trusted(path(steps(frame, stretches)))}"/>`;
}

/** Stretches of time marked from top to bottom. */
export function bands(frame: Frame, kind: string, stretches: readonly (readonly [from: number, to: number])[]): Markup {
  return html`${stretches.map(([from, to]) => {
    const left = xOf(from, frame);
    const width = px(xOf(to, frame) - left);
    return html`<rect class="${kind}" x="${px(left)}" y="${TOP}" width="${width}" height="${frame.height - TOP - BOTTOM}"/>`;
  })}`;
}

function steps(frame: Frame, stretches: readonly Stretch[]): (readonly [x: number, y: number])[] {
  return stretches.flatMap(({ seconds, value }, at) => {
    const next = stretches[at + 1];
    // What does not change needs no further corner.
    const goesOn = at > 0 && next && stretches[at - 1]?.value === value && next.value === value;
    const height = yOf(value, frame);
    if (goesOn) return [];
    return [
      [xOf(seconds, frame), height],
      [xOf(next?.seconds ?? frame.endSeconds, frame), height],
    ] as const;
  });
}

function path(points: readonly (readonly [x: number, y: number])[]): string {
  return points.map(([x, y], at) => `${at === 0 ? "M" : "L"}${px(x)} ${px(y)}`).join("");
}

function xOf(seconds: number, { endSeconds }: Frame): number {
  return LEFT + (seconds / endSeconds) * (WIDTH - LEFT - RIGHT);
}

function yOf(value: number, { top, height }: Frame): number {
  return height - BOTTOM - (value / top) * (height - TOP - BOTTOM);
}

/** A tenth of a unit is finer than any screen. */
function px(number: number): number {
  return Math.round(number * 10) / 10;
}
