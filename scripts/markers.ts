// Generated parts of a page stand between two comments; what is written by hand stands around them.
import { readFileSync, writeFileSync } from 'node:fs'

/** Rewrites the part of the page on disk that stands between its marks. */
export function writeBetweenMarkers(path: string, name: string, content: string): void {
  writeFileSync(path, betweenMarkers(readFileSync(path, 'utf8'), name, content))
}

/** The page with `content` between `<!-- name:start -->` and `<!-- name:end -->`. Throws when it has no such marks. */
export function betweenMarkers(page: string, name: string, content: string): string {
  const start = `<!-- ${name}:start -->`
  const end = `<!-- ${name}:end -->`
  const from = page.indexOf(start)
  const to = page.indexOf(end)
  if (from < 0 || to < from) throw new Error(`The page lacks the marks ${start} and ${end}.`)
  return `${page.slice(0, from + start.length)}\n\n${content.trim()}\n\n${page.slice(to)}`
}

/** A Markdown table. Cells are made safe: no line breaks, no bars. */
export function markdownTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.map((cell) => safeCell(String(cell))).join(' | ')} |`
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n')
}

function safeCell(cell: string): string {
  return cell.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim()
}
