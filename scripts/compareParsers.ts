// Compares the facts that both parsers give, over whole folders: `tsx scripts/compareParsers.ts <folder…>`.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { extractFacts } from '../analyzer/extract/extractFacts.js'
import type { FileFacts } from '../analyzer/extract/facts.js'
import { parseWithReference } from '../analyzer/syntax/estree.js'
import { firstDifference } from '../testing/firstDifference.js'

const SOURCE = /\.[cm]?[jt]sx?$/
const SKIPPED: ReadonlySet<string> = new Set(['.git'])

let files = 0
let different = 0
for (const folder of process.argv.slice(2)) for (const file of sourcesIn(folder)) compare(file)
console.log(`${files} files, ${different} with different facts`)
process.exitCode = different === 0 ? 0 : 1

function compare(file: string): void {
  const text = readFileSync(file, 'utf8')
  const native = comparable(extractFacts(file, text))
  const reference = comparable(extractFacts(file, text, parseWithReference))
  files++
  if (isDeepStrictEqual(native, reference)) return
  different++
  console.log(`${file}: ${firstDifference(native, reference)}`)
}

/** The parsers word their complaints differently; that they complain is what must agree. */
function comparable(facts: FileFacts): FileFacts | string {
  return facts.kind === 'unparsed' ? 'unparsed' : facts
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sourcesIn(path)
    return entry.isFile() && SOURCE.test(entry.name) ? [path] : []
  })
}
