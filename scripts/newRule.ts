// `npm run new-rule require-x`: writes the folder of a new rule, with a test that fails until the rule works.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ruleTemplate } from './ruleTemplate.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
process.exitCode = newRule(process.argv[2] ?? '')

function newRule(id: string): number {
  if (!/^(no|require)-[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    console.error('Give the id of the rule: no-… forbids, require-… demands, as in `npm run new-rule require-health-check`.')
    return 2
  }
  const folder = join(root, 'rules', id)
  if (existsSync(folder)) {
    console.error(`rules/${id} is there already.`)
    return 2
  }
  mkdirSync(folder)
  for (const [name, text] of ruleTemplate(id)) writeFileSync(join(folder, name), text)
  console.log(`rules/${id} is there. Write the Incorrect example of its README.md first, then:`)
  console.log(`  npx vitest run rules/${id} rules/rules.test.ts   says what is missing`)
  console.log('  npm run generate                                 adds it to the index and to docs/rules.md')
  return 0
}
