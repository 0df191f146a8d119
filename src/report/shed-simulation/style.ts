/** What the charts need beside the style of all pages. Marks have a contrast of at least 3 to 1 to the ground, texts 4.5. */
export const STYLE = `
:root { --by-primary: #2f6fb5; --by-others: #a86800; --rejected: #b3261e; --alarm: #98201a; --alarm-ground: #fbdcd9; }
@media (prefers-color-scheme: dark) {
  :root { --by-primary: #4f93d8; --by-others: #d99a2b; --rejected: #ff7b70; --alarm: #ffb3ac; --alarm-ground: #43201f; }
}
figure { margin: .8rem 0 1.6rem; }
figcaption { color: var(--soft); }
.chart { display: block; width: 100%; min-width: 40rem; height: auto; font: 12px system-ui, sans-serif; }
.chart text { fill: var(--soft); }
.chart .grid { stroke: var(--line); stroke-width: 1; }
.chart .primary, .legend .primary { fill: var(--by-primary); }
.chart .others, .legend .others { fill: var(--by-others); }
.chart .rejected, .legend .rejected { fill: var(--rejected); }
.chart .stripes, .legend .stripes { stroke: var(--panel); stroke-width: 2; }
.chart .capacity, .legend .capacity { fill: none; stroke: var(--text); stroke-width: 2; stroke-dasharray: 6 4; }
.chart .level { fill: var(--by-others); fill-opacity: .3; stroke: var(--by-others); stroke-width: 2; }
.chart .alarm, .legend .alarm { fill: var(--alarm-ground); }
.chart .missing, .legend .missing { fill: var(--line); }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; padding: 0; margin: .6rem 0 0; color: var(--soft); }
.legend svg { width: 1.6em; height: .8em; margin-right: .4em; }
.figures td { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.figures thead th { text-align: right; }
.figures thead th:first-child { text-align: left; }
.figures .best { font-weight: 700; color: var(--added); }
.figures .least { color: var(--added); }
.settings { color: var(--soft); margin: .2rem 0 0; }
.meanings { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
.meanings dt { font-weight: 600; }
.meanings dd { margin: 0; }
`;
