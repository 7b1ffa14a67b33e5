// Rows in columns that line up.
import { printable, type Colors } from '../terminal.js'

/** The last column is not padded. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[], colors: Colors): string {
  const clean = rows.map((row) => row.map(printable))
  const widths = heads.map((head, column) => Math.max(head.length, ...clean.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === cells.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  return [colors.bold(line(heads)), ...clean.map(line)].map((text) => `${text}\n`).join('')
}
