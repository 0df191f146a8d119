import { html, type Markup } from "../../delta/html/markup.ts";
import type { SIDES } from "../sums.ts";

type Side = (typeof SIDES)[number];

/* How a side looks in all pictures: by colour and by pattern, as not everybody tells colours apart. */

const FILL: Readonly<Record<Side, Markup>> = {
  baseline: html`class="mark-baseline"`,
  notBaseline: html`class="mark-other" fill="url(#stripes)"`,
  unallocated: html`class="mark-none" fill="url(#dots)"`,
};

/** Once a page, before the first picture. Patterns count in pixels, whatever the size of what they fill. */
export const PATTERNS = html`<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>
<pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="other-ground" width="6" height="6"/><path class="other-stripe" d="M0 0V6"/></pattern>
<pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="none-ground" width="5" height="5"/><circle class="none-dot" cx="2.5" cy="2.5" r="1.1"/></pattern>
</defs></svg>
`;

/** The attributes that make a shape a side's. */
export function markOf(side: Side): Markup {
  return FILL[side];
}

export function swatch(side: Side): Markup {
  return html`<svg class="swatch" width="14" height="14" aria-hidden="true"><rect ${markOf(side)} x="1" y="1" width="12" height="12"/></svg>`;
}
