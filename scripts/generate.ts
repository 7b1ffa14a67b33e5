// `npm run generate`: writes the files that are computed from the rules and from the schema of the configuration.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generatedFiles } from './generated.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

for (const [path, text] of await generatedFiles(root)) {
  const isCurrent = readOrNull(join(root, path)) === text
  if (!isCurrent) writeFileSync(join(root, path), text)
  console.log(`${isCurrent ? 'current' : 'written'}  ${path}`)
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
