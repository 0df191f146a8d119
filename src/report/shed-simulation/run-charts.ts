import type { Run } from "../../verbs/shed/simulate/result.ts";
import { html, type Markup } from "../delta/html/markup.ts";
import { count, countOf } from "../humanise.ts";
import { area, bands, chart, type Frame, outline, type Stretch } from "./chart.ts";
import { percent } from "./figures.ts";
import type { Bucket } from "./series.ts";
import { lengthOf } from "./text.ts";

/** What became of the requests. `top` is the same for all runs, so that they can be compared by eye. */
export function loadChart(run: Run, buckets: readonly Bucket[], id: string, top: number): Markup {
  const { scenario, outcome } = run;
  const frame: Frame = {
    id: `${id}-load`,
    title: `Load of run ${scenario.name}, in requests a second`,
    says: `Of ${count(Math.round(outcome.offered))} requests the primary served ${count(Math.round(outcome.servedByPrimary))} and the others ${count(Math.round(outcome.servedByOthers))}; ${percent(outcome.rejectedShare)} were rejected.`,
    endSeconds: lengthOf(run),
    top,
    unit: "/s",
    height: 280,
  };
  const heights = (of: (rates: Bucket["rates"]) => number): Stretch[] =>
    buckets.map(({ seconds, rates }) => ({ seconds, value: of(rates) }));
  const ground = heights(() => 0);
  const primary = heights(({ servedByPrimary }) => servedByPrimary);
  const served = heights(({ servedByPrimary, servedByOthers }) => servedByPrimary + servedByOthers);
  const offered = heights(({ offered: all }) => all);
  return chart(frame, [
    area(frame, "primary", { lower: ground, upper: primary }),
    area(frame, "others", { lower: primary, upper: served }),
    area(frame, "", { lower: served, upper: offered, fill: "stripes" }),
    outline(
      frame,
      "capacity",
      heights(({ capacity }) => capacity),
    ),
  ]);
}

/** What was shed, over the states of the alarm. */
export function levelChart(run: Run, buckets: readonly Bucket[], id: string): Markup {
  const { scenario, outcome } = run;
  const frame: Frame = {
    id: `${id}-level`,
    title: `Level of run ${scenario.name}, in percent`,
    says: `At most ${outcome.highestLevel} % of the primary's load was shed; the level turned ${countOf(outcome.turns, "time")}.`,
    endSeconds: lengthOf(run),
    top: Math.max(20, Math.ceil(outcome.highestLevel / 20) * 20),
    unit: " %",
    height: 160,
  };
  const during = (state: Bucket["alarm"]) =>
    buckets.flatMap(({ seconds, alarm }, at) =>
      alarm === state ? [[seconds, buckets[at + 1]?.seconds ?? frame.endSeconds] as const] : [],
    );
  return chart(frame, [
    bands(frame, "alarm", joined(during("ALARM"))),
    bands(frame, "missing", joined(during("INSUFFICIENT_DATA"))),
    area(frame, "level", {
      lower: buckets.map(({ seconds }) => ({ seconds, value: 0 })),
      upper: buckets.map(({ seconds, level }) => ({ seconds, value: level })),
    }),
  ]);
}

function joined(stretches: readonly (readonly [number, number])[]): [number, number][] {
  const result: [number, number][] = [];
  for (const [from, to] of stretches) {
    const last = result.at(-1);
    if (last && last[1] === from) last[1] = to;
    else result.push([from, to]);
  }
  return result;
}

const swatch = (kind: string, name: string): Markup => {
  const stripes = html`<path class="stripes" d="M1 11L8 -1M8 11L15 -1M15 11L22 -1"/>`;
  const mark = html`<rect class="${kind}" width="20" height="10"/>${kind === "rejected" ? stripes : ""}`;
  const sign = kind === "capacity" ? html`<path class="capacity" d="M0 5H20"/>` : mark;
  return html`<li><svg viewBox="0 0 20 10" aria-hidden="true">${sign}</svg>${name}</li>`;
};

export const LOAD_LEGEND = html`<ul class="legend">${[
  swatch("primary", "served by the primary"),
  swatch("others", "served by the others"),
  swatch("rejected", "rejected"),
  swatch("capacity", "what the primary can serve"),
]}</ul>`;

export const LEVEL_LEGEND = html`<ul class="legend">${[
  swatch("others", "level: percent of the primary's load that is shed"),
  swatch("alarm", "the alarm is on"),
  swatch("missing", "the alarm has no data"),
]}</ul>`;
