// Reads one file as text.
import { readFileSync } from 'node:fs'

/** The text of the file at an absolute path, without a byte order mark; null when it cannot be read. */
export function readTextFile(absolute: string): string | null {
  try {
    const text = readFileSync(absolute, 'utf8')
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  } catch {
    return null
  }
}
