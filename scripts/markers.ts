// Generated parts of a page stand between two comments; what is written by hand stands around them.
import { readFileSync, writeFileSync } from 'node:fs'

/** Replaces what stands between `<!-- name:start -->` and `<!-- name:end -->` in the page. Throws when the page has no such marks. */
export function writeBetweenMarkers(path: string, name: string, content: string): void {
  const page = readFileSync(path, 'utf8')
  const start = `<!-- ${name}:start -->`
  const end = `<!-- ${name}:end -->`
  const from = page.indexOf(start)
  const to = page.indexOf(end)
  if (from < 0 || to < from) throw new Error(`${path} lacks the marks ${start} and ${end}.`)
  writeFileSync(path, `${page.slice(0, from + start.length)}\n\n${content.trim()}\n\n${page.slice(to)}`)
}

/** A Markdown table. Cells are made safe: no line breaks, no bars. */
export function markdownTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.map((cell) => safeCell(String(cell))).join(' | ')} |`
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n')
}

function safeCell(cell: string): string {
  return cell.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim()
}
