/** What the charts need beside the style of all pages. Marks have a contrast of at least 3 to 1 to the ground, texts 4.5. */
export const STYLE = `
:root { --in-baseline: #2f6fb5; --other: #b05a00; --other-stripe: #f3c48f; --neither: #56606d; --neither-ground: #dfe3e8; }
@media (prefers-color-scheme: dark) {
  :root { --in-baseline: #4f93d8; --other: #e0913a; --other-stripe: #7a4a12; --neither: #a3adba; --neither-ground: #343d48; }
}
.patterns { position: absolute; }
.mark-baseline { fill: var(--in-baseline); }
.mark-none { stroke: var(--neither); stroke-width: 1; }
.other-ground { fill: var(--other); }
.other-stripe { stroke: var(--other-stripe); stroke-width: 3; }
.none-ground { fill: var(--neither-ground); }
.none-dot { fill: var(--neither); }
.swatch { vertical-align: -.12em; margin-right: .45em; }
.tile span { min-width: 9rem; padding-right: 1.2rem; }
.nothing { padding-block: 2rem; color: var(--soft); }
figure { margin: .8rem 0 1.6rem; }
.chart { display: block; width: 100%; min-width: 52rem; height: auto; font: 12px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
.chart text { fill: var(--soft); }
.chart .grid { stroke: var(--line); stroke-width: 1; }
.zero { stroke: var(--soft); stroke-width: 1; }
.net { stroke: var(--text); stroke-width: 2.5; }
.halo { stroke: var(--ground); stroke-width: 5.5; }
.back { fill: transparent; }
.incomplete { fill: var(--line); fill-opacity: .55; }
.column:hover .back { fill: var(--text); fill-opacity: .08; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; padding: 0; margin: .6rem 0 0; color: var(--soft); }
.date { white-space: nowrap; }
.nil { color: var(--soft); }
.money { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.groups thead th:nth-child(n + 3) { text-align: right; white-space: nowrap; }
.groups tbody th { width: 16rem; min-width: 12.5rem; overflow-wrap: anywhere; }
.groups th, .groups td, .rows th, .rows td { vertical-align: middle; }
.rows thead th { vertical-align: bottom; }
.bar-cell { width: 45%; min-width: 7rem; }
.bar { display: block; }
.reasons { width: auto; }
.reasons thead th:first-child { text-align: right; }
.plain { padding-left: 1.2rem; margin: .6rem 0 0; overflow-wrap: anywhere; }
.rows tbody th { padding-left: 1.6rem; min-width: 9rem; overflow-wrap: anywhere; }
.rows tbody .sum th, .rows tbody:not(:has(.sum)) th, .rows tfoot th { padding-left: .6rem; }
.rows .sum > * { font-weight: 600; background: var(--panel); }
.rows tfoot th::first-letter { text-transform: uppercase; }
@media print { .chart { min-width: 0; } }
`;
