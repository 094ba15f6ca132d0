/** The page's own style: no fonts, images or scripts from elsewhere. Readable on screen and on A4. */
export const STYLE = `
:root { --ink: #1b2430; --soft: #5a6675; --line: #d9dfe7; --paper: #ffffff; --wash: #f5f7fa;
  --bad: #a3201d; --open: #8a5a00; --hand: #35508f; --good: #1d6b3f; --none: #5a6675; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--wash); color: var(--ink); font: 16px/1.55 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 60rem; margin: 2rem auto; padding: 2.5rem 3rem; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-top: 1rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.02rem; margin: 0; }
p { margin: .5rem 0; } ul { margin: .5rem 0; padding-left: 1.25rem; } li { margin: .2rem 0; }
.soft { color: var(--soft); } .small { font-size: .875rem; }
code { font: .85em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.25rem; margin: 1rem 0 0; }
.facts dt { color: var(--soft); } .facts dd { margin: 0; overflow-wrap: anywhere; }
.first { margin: 1.5rem 0 0; padding: 1rem 1.25rem; border-left: 4px solid var(--open); background: #fdf8ee; }
.first h2 { border: 0; margin: 0; padding: 0; }
.counts { display: grid; grid-template-columns: repeat(5, 1fr); gap: .75rem; margin: 1rem 0; }
.count { padding: .75rem .9rem; border: 1px solid var(--line); border-top: 4px solid currentColor; border-radius: 4px; }
.count strong { display: block; font-size: 1.6rem; line-height: 1.2; color: var(--ink); } .count span { font-size: .8125rem; color: var(--ink); }
.not-satisfied { color: var(--bad); } .error { color: var(--open); } .manual { color: var(--hand); }
.satisfied { color: var(--good); } .not-applicable { color: var(--none); }
.control { padding: 1rem 0; border-bottom: 1px solid var(--line); break-inside: avoid; }
.control header { display: flex; justify-content: space-between; gap: 1rem; align-items: baseline; break-after: avoid; } .control header .badge { flex: none; }
.badge { font-size: .8125rem; font-weight: 600; padding: .1rem .55rem; border: 1px solid currentColor; border-radius: 999px; white-space: nowrap; }
.control dl { display: grid; grid-template-columns: 9.5rem 1fr; gap: .2rem 1rem; margin: .6rem 0 0; font-size: .9375rem; }
.control dt { color: var(--soft); } .control dd { margin: 0; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; }
th { text-align: left; color: var(--soft); font-weight: 600; } th, td { padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
td { overflow-wrap: anywhere; } tr { break-inside: avoid; } td.name { min-width: 7rem; }
.trend { display: block; margin: .5rem 0; } a { color: #1f4e9e; }
@media screen and (max-width: 44rem) { main { margin: 0; padding: 1.25rem; border: 0; } .counts { grid-template-columns: repeat(2, 1fr); } .control dl { grid-template-columns: 1fr; } .control dt { margin-top: .4rem; } .facts { grid-template-columns: 1fr; } .facts dt { margin-top: .4rem; } .wide { overflow-x: auto; } .stack thead { display: none; } .stack tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); } .stack td { display: block; border: 0; padding: .1rem 0; } }
@media print { body { background: #fff; font-size: 10.5pt; } main { max-width: none; margin: 0; padding: 0; border: 0; } h2 { break-after: avoid; } a { color: inherit; text-decoration: none; } .first { background: none; } th, td { font-size: 8.5pt; } td .badge { font-size: 8pt; padding: 0 .3rem; } td.name { min-width: 6.5rem; } td.number { white-space: normal; } }
@page { size: A4; margin: 18mm 16mm; @bottom-right { content: counter(page) " of " counter(pages); font: 8.5pt system-ui, sans-serif; color: #5a6675; } }
`;
