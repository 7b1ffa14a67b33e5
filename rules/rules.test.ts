// What every rule must satisfy, each with the name of the offender.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { generatedFiles, ruleIds } from '../scripts/generated.js'
import { checkRulePage, parseRulePage } from '../testing/readme.js'
import { rules } from './index.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8')
const headings = ['Why it matters', 'Incorrect', 'Correct', 'When to turn it off', 'What it cannot see']
const categories = [
  'headers',
  'cors',
  'rate-limit',
  'errors',
  'logging',
  'secrets',
  'sessions',
  'transport',
  'input',
  'sockets',
  'operations',
  'deployment',
]

/** What a rule may import: the rule API, the model and its queries, fixes, places, and the shapes of values. */
const allowedImport = /^\.\.\/\.\.\/analyzer\/(check\/rule|model\/(\w+\/)?\w+|fix\/fix|text\/location|link\/value)\.js$/

test('each folder is a rule of that id', () => {
  const folders = readdirSync(join(root, 'rules'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(folders.map((entry) => entry.name).sort()).toEqual(ruleIds(root))
  expect(rules.map((rule) => rule.id)).toEqual(ruleIds(root))
})

test('generated files are current (`npm run generate` writes them)', async () => {
  const stale = [...(await generatedFiles(root))].filter(([path, text]) => !existsSync(join(root, path)) || read(path) !== text)
  expect(stale.map(([path]) => path)).toEqual([])
})

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('has three files, and a short rule that asks the model alone', () => {
    expect(readdirSync(join(root, 'rules', id)).sort()).toEqual(['README.md', 'rule.test.ts', 'rule.ts'])
    const source = read('rules', id, 'rule.ts')
    expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(120)
    const imports = [...source.matchAll(/\bfrom '([^']+)'/g)].map((match) => match[1] ?? '')
    expect(imports.filter((specifier) => !allowedImport.test(specifier))).toEqual([])
  })

  test('says what, why and how', () => {
    expect(id).toMatch(/^(no|require)-[a-z0-9-]+$/)
    expect(rule.summary).toMatch(/^[A-Z].*\.$/)
    expect(Object.keys(rule.messages)).not.toEqual([])
    for (const [name, { what, why, how }] of Object.entries(rule.messages)) {
      expect((/^.*?[.!?](?=\s|$)/.exec(what)?.[0] ?? what).length, `${name}: the first sentence of what`).toBeLessThanOrEqual(90)
      for (const text of [what, why, how]) expect(text, name).toMatch(/\S.*[.!?]$/s)
    }
  })

  test('has complete metadata', () => {
    expect(categories).toContain(rule.category)
    expect(rule.presets).toContain('strict')
    expect(rule.frameworks).not.toEqual([])
    expect(rule.references).not.toEqual([])
    expect(rule.references.filter((reference) => !/^https:\/\/\S+$/.test(reference.url) || reference.name === '')).toEqual([])
  })

  test('is tested, its fixes too', () => {
    const tests = read('rules', id, 'rule.test.ts')
    expect(tests).toMatch(/\bcheck\(/)
    if (/\b(safeFix|suggestion)\(/.test(read('rules', id, 'rule.ts'))) expect(tests).toMatch(/\bcheckFix\(/)
  })

  test('has a page whose examples are true', () => {
    const text = read('rules', id, 'README.md')
    const page = parseRulePage(text)
    expect(page.title).toBe(id)
    expect(page.summary).toBe(rule.summary)
    expect(page.headings).toEqual(headings)
    expect(page.incorrect).not.toEqual([])
    expect(page.correct).not.toEqual([])
    checkRulePage(rule, text)
  })
})
