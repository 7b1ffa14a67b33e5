// Runs ESLint in the current folder over the files that a JSON list names.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ESLint } from 'eslint'

const files = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const eslint = new ESLint({
  overrideConfigFile: fileURLToPath(new URL('./eslint.bench.config.mjs', import.meta.url)),
  ignore: false,
  warnIgnored: false,
  errorOnUnmatchedPattern: false,
  // Names like [id].ts are names and no patterns.
  globInputPaths: false,
})
const results = await eslint.lintFiles(files)
const messages = results.reduce((sum, { messages }) => sum + messages.length, 0)
console.log(`${results.length} files, ${messages} messages`)
