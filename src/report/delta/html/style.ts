/**
 * The page's style, light and dark. All pairs of text and ground have a contrast of at least 4.5 to 1 (WCAG 2 AA), which
 * tests/browser checks with axe.
 */
export const STYLE = `
:root {
  --ground: #ffffff; --panel: #f6f7f9; --line: #d9dde3; --text: #1b2027; --soft: #56606d; --accent: #0b6577;
  --added: #1a6b34; --deleted: #b3261e; --modified: #7a4b00; --replaced: #7b3aa3; --unknown: #4b5563;
  --alert-ground: #fdecea; --alert: #98201a; --warn-ground: #fff4d9; --warn: #6b4700; --was: #fbefee; --is: #ecf6ee;
  --mono: ui-monospace, "SFMono-Regular", "Cascadia Mono", "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14181d; --panel: #1c2229; --line: #343d48; --text: #e6e9ed; --soft: #a3adba; --accent: #5cc4d8;
    --added: #6fd08c; --deleted: #ff9a91; --modified: #f0b95b; --replaced: #d3a4f2; --unknown: #b4bdc9;
    --alert-ground: #3b1a19; --alert: #ffb3ac; --warn-ground: #352a10; --warn: #f3cd7c; --was: #2b1f21; --is: #1a2a20;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 6rem; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
header, main, #filter, #nothing { width: min(100% - 2.5rem, 74rem); margin-inline: auto; }
[hidden] { display: none !important; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 1.6rem 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2rem 0 0; }
h2 .count { color: var(--soft); font-weight: 400; margin-left: .3em; }
.sides, .meaning, .note { color: var(--soft); margin: 0; }
.alert { background: var(--alert-ground); color: var(--alert); padding: .5rem .8rem; border-radius: 6px; margin: .5rem 0; }
.alert a { color: inherit; }
.unseen-alert { background: var(--warn-ground); color: var(--warn); }
.note { margin: .5rem 0; }
.tiles { list-style: none; display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; margin: 1rem 0; }
.tile { display: flex; border: 1px solid var(--line); border-radius: 8px; background: var(--panel); }
.tile a, .tile span { padding: .4rem .9rem; color: var(--soft); text-decoration: none; min-width: 6.2rem; }
.tile a:hover { text-decoration: underline; }
.tile b { display: block; font-size: 1.45rem; line-height: 1.2; color: var(--text); font-variant-numeric: tabular-nums; }
.tile.added a b, .mark.added { color: var(--added); }
.tile.deleted a b, .mark.deleted { color: var(--deleted); }
.tile.modified a b, .mark.modified { color: var(--modified); }
.tile.replaced a b, .mark.replaced { color: var(--replaced); }
.tile.unknown a b, .mark.unknown { color: var(--unknown); }
#filter { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .6rem .8rem; align-items: end;
  background: var(--ground); padding-block: .7rem; border-bottom: 1px solid var(--line); }
#filter label { display: grid; font-size: .8rem; color: var(--soft); }
#filter .text { flex: 1 1 10rem; }
input, select, button { font: inherit; font-size: .95rem; color: var(--text); background: var(--panel); border: 1px solid var(--soft);
  border-radius: 6px; padding: .35rem .5rem; min-height: 2.3rem; max-width: 100%; }
select { max-width: 10rem; }
input::placeholder { color: var(--soft); opacity: 1; }
button { cursor: pointer; padding-inline: .9rem; }
output { padding-block: .5rem; font-variant-numeric: tabular-nums; min-width: 10.5rem; text-align: right; }
#nothing { padding-block: 2rem; color: var(--soft); }
.changes { list-style: none; padding: 0; margin: .6rem 0 0; border-top: 1px solid var(--line); }
/* Rows out of sight are not laid out. No list items: Chromium numbers these anew at every one that is hidden, which took
   54 s for ten thousand instead of 0.1 s. */
.change { display: block; content-visibility: auto; contain-intrinsic-size: auto 4.2rem; padding: .55rem 0; border-bottom: 1px solid var(--line); }
.line { display: flex; flex-wrap: wrap; gap: .1rem .8rem; align-items: baseline; }
.mark { font-weight: 600; font-size: .85rem; min-width: 4.6rem; }
.type { color: var(--soft); min-width: 9rem; }
.name, .id, .arn, .region, .created { overflow-wrap: anywhere; }
.id, .arn, .properties th[scope=row], .before, .after, code { font-family: var(--mono); font-size: .82rem; }
.region, .created, .arn, .id { color: var(--soft); }
.about { display: flex; flex-wrap: wrap; gap: 0 1.2rem; align-items: baseline; padding-left: 5.4rem; }
.created { font-size: .88rem; }
.reason { margin: .2rem 0 0 5.4rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; text-align: left; }
th, td { vertical-align: top; padding: .25rem .6rem; overflow-wrap: anywhere; font-weight: 400; }
thead th { color: var(--soft); font-size: .8rem; }
.properties { table-layout: fixed; width: calc(100% - 5.4rem); margin: .4rem 0 .2rem 5.4rem; }
.properties thead th:nth-child(1) { width: 26%; }
.properties thead th:nth-child(4) { width: 11rem; }
.properties tbody tr, .cells tbody tr { border-top: 1px solid var(--line); }
.before, .after { white-space: pre-wrap; }
.before { background: var(--was); }
.after { background: var(--is); }
.before i, .after i { color: var(--soft); font-family: system-ui, sans-serif; }
summary { cursor: pointer; color: var(--soft); font-family: system-ui, sans-serif; }
.tall { max-height: 15rem; overflow: auto; }
.category { font-size: .88rem; color: var(--soft); }
.grave .category span:first-child { background: var(--alert-ground); color: var(--alert); font-weight: 600; border-radius: 4px; padding: .05rem .4rem; white-space: nowrap; }
.grave th[scope=row] { box-shadow: inset 3px 0 var(--alert); }
.by { display: block; }
.wide { overflow-x: auto; }
.cells { margin-top: .6rem; }
.cells th, .cells td { overflow-wrap: break-word; }
.cells .short { white-space: nowrap; }
dl { margin: .5rem 0 3rem; }
dt code { background: var(--panel); border: 1px solid var(--line); border-radius: 4px; padding: .15rem .4rem; font-size: .9rem; overflow-wrap: anywhere; }
dd { margin: .2rem 0 .8rem; color: var(--soft); }
@media (max-width: 48rem) {
  html { scroll-padding-top: 0; }
  #filter { position: static; }
  #filter label { flex: 1 1 40%; }
  select { max-width: none; }
  .about, .reason { padding-left: 0; margin-left: 0; }
  .type, .mark { min-width: 0; }
  output { text-align: left; }
  .properties { width: 100%; margin-left: 0; }
  .properties thead { position: absolute; clip-path: inset(50%); }
  .properties tr { display: block; padding: .3rem 0; }
  .properties th, .properties td { display: block; width: auto; }
  .before::before { content: "before: "; color: var(--soft); }
  .after::before { content: "after: "; color: var(--soft); }
}
@media print {
  :root { --ground: #fff; --panel: #fff; --line: #bbb; --text: #000; --soft: #444; --was: #f6f6f6; --is: #f6f6f6; --accent: #000;
    --added: #1a6b34; --deleted: #b3261e; --modified: #7a4b00; --replaced: #7b3aa3; --unknown: #4b5563;
    --alert-ground: #fff; --alert: #98201a; --warn-ground: #fff; --warn: #6b4700; }
  body { font-size: 10pt; }
  header, main, #filter { width: auto; }
  #filter { position: static; border: 0; }
  #filter label, #filter button, #next { display: none; }
  .change { display: block; content-visibility: visible; break-inside: avoid; }
  summary { cursor: pointer; color: var(--soft); font-family: system-ui, sans-serif; }
.tall { max-height: none; overflow: visible; }
  h2 { break-after: avoid; }
  thead { display: table-header-group; }
}
`;
