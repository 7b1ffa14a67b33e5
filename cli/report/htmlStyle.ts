// The style of the HTML report: readable on a phone, in the dark, and on paper.

export const STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --soft: #57606a; --ground: #ffffff; --card: #f6f8fa; --line: #d0d7de; --error: #b3261e; --warning: #8a5300; --info: #0a58b5; --mark: #fff1c2; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --soft: #a3adb8; --ground: #0d1117; --card: #161b22; --line: #3a424c; --error: #ff8a80; --warning: #f0b45a; --info: #7ab7ff; --mark: #4a3c10; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; overflow-wrap: anywhere; }
a { color: var(--info); } p { margin: .4rem 0; } ul { margin: .4rem 0; padding-left: 1.2rem; }
code, pre { font: .86rem/1.45 ui-monospace, monospace; } pre { overflow-x: auto; margin: .6rem 0; padding: .6rem .8rem; background: var(--ground); border: 1px solid var(--line); border-radius: 6px; }
.soft { color: var(--soft); } .error { color: var(--error); } .warning { color: var(--warning); } .info { color: var(--info); }
fieldset { border: 1px solid var(--line); border-radius: 6px; margin: 1rem 0; } label { margin-right: 1rem; white-space: nowrap; }
details { background: var(--card); border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; padding: .5rem .8rem; }
summary { cursor: pointer; overflow-wrap: anywhere; } summary:focus-visible, input:focus-visible, a:focus-visible { outline: 3px solid var(--info); outline-offset: 2px; }
mark { background: var(--mark); color: inherit; }
body:has(#only-error:checked) details:not([data-severity=error]), body:has(#only-warning:checked) details:not([data-severity=warning]), body:has(#only-info:checked) details:not([data-severity=info]) { display: none; }
@media print { details { break-inside: avoid; } fieldset { display: none; } }
`
