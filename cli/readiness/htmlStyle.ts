// The style of the readiness page: readable on a phone, in the dark, and on paper.

export const STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --soft: #57606a; --ground: #ffffff; --card: #f6f8fa; --line: #d0d7de; --good: #116329; --fair: #8a5300; --poor: #b3261e; --link: #0a58b5; --track: #e4e8ec; --good-bar: #2da44e; --fair-bar: #bf8700; --poor-bar: #cf3b32; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --soft: #a3adb8; --ground: #0d1117; --card: #161b22; --line: #3a424c; --good: #6fdd8b; --fair: #f0b45a; --poor: #ff8a80; --link: #7ab7ff; --track: #262c34; --good-bar: #3fb950; --fair-bar: #d29922; --poor-bar: #f0655b; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.7rem; margin: 0 0 .5rem; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; overflow-wrap: anywhere; }
h2 .soft { font-weight: 400; font-size: .95rem; margin-left: .4rem; white-space: nowrap; }
a { color: var(--link); } p { margin: .5rem 0 .2rem; } ul { margin: .2rem 0 .4rem; padding-left: 1.3rem; overflow-wrap: anywhere; } .plain { list-style: none; padding: 0; }
code { font: .86rem/1.45 ui-monospace, monospace; overflow-wrap: anywhere; }
.soft { color: var(--soft); } .in-place { color: var(--good); } .partly, .not-known { color: var(--fair); } .missing { color: var(--poor); } .not-applicable, .not-judged { color: var(--soft); }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
.chart { display: block; width: 100%; max-width: 24rem; height: auto; flex: 1 1 18rem; }
.overview { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: flex-start; } .overview .scroll { flex: 2 1 26rem; min-width: 0; }
.chart text { fill: var(--text); font: 14px system-ui, sans-serif; } .chart .figure { font-weight: 600; } .chart .track { fill: var(--track); }
.chart .good { fill: var(--good-bar); } .chart .fair { fill: var(--fair-bar); } .chart .poor { fill: var(--poor-bar); }
details { background: var(--card); border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; padding: .5rem .8rem; }
summary { cursor: pointer; overflow-wrap: anywhere; } .badge { display: inline-block; min-width: 9.5rem; font-weight: 600; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
td code { overflow-wrap: normal; } td { min-width: 5rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); } thead th { background: var(--card); white-space: nowrap; } tbody tr:last-child > * { border-bottom: 0; } tbody th { font-weight: 400; }
fieldset { border: 1px solid var(--line); border-radius: 6px; display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin: .5rem 0; } fieldset[hidden] { display: none; }
label { display: flex; flex-direction: column; font-size: .9rem; } input, select, button { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--soft); border-radius: 6px; padding: .3rem .5rem; min-height: 2.4rem; max-width: 100%; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
@media (max-width: 44rem) {
  .overview { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: flex-start; } .overview .scroll { flex: 2 1 26rem; min-width: 0; }
.chart text { font-size: 17px; } .badge { min-width: 0; margin-right: .3rem; }
  fieldset label { flex: 1 1 100%; }
  .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .cards, .cards tbody, .cards tr, .cards td { display: block; } .cards tr { padding: .5rem 0; border-bottom: 1px solid var(--line); } .cards tr[hidden] { display: none; }
  .cards td { border: 0; padding: .12rem .6rem; } .cards td::before { content: attr(data-label) ': '; color: var(--soft); }
}
@media print { body { max-width: none; padding: 0; } fieldset, .skip { display: none; } details, tr { break-inside: avoid; } .scroll { overflow: visible; } }
`
