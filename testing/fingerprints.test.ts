// Fingerprints over whole applications: insertions, reformatting and renames keep them, as random changes show; other code has others.
import fc from 'fast-check'
import { basename, dirname } from 'node:path'
import { format } from 'prettier'
import { expect, test } from 'vitest'
import { analyze, type ProjectInput } from '../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../analyzer/check/configuration.js'
import { extractFacts } from '../analyzer/extract/extractFacts.js'
import { allNodes } from '../analyzer/fix/style.js'
import { parseWithTokens } from '../analyzer/syntax/parseWithTokens.js'
import { rules } from '../rules/index.js'
import { loadProject } from '../workspace/loadProject.js'
import { fixtureFolder } from './oracle/fixture.js'
import { loadTexts } from './project.js'

const APPLICATIONS = ['plain-commonjs', 'class-server', 'own-middleware-weak', 'router-functions', 'esm-barrels', 'typedi-container']
const options = { configuration: { ...DEFAULT_CONFIGURATION, preset: 'strict' as const, minConfidence: 'low' as const }, only: [] }

interface Opened {
  readonly project: ProjectInput
  readonly texts: ReadonlyMap<string, string>
}

function open(name: string): Opened {
  const project = loadProject(fixtureFolder(name))
  const sources = [...project.files.values()].filter((facts) => facts.kind === 'source' && facts.language !== 'json')
  return { project, texts: new Map(sources.map(({ file }) => [file, project.texts(file)])) }
}

/** All fingerprints with their multiplicity. */
function prints(project: ProjectInput): readonly string[] {
  const { findings } = analyze(project, rules, options)
  return findings.map(({ ruleId, fingerprint }) => `${ruleId} ${fingerprint}`).sort()
}

function printsWith({ project }: Opened, texts: ReadonlyMap<string, string>): readonly string[] {
  return prints({
    ...project,
    files: new Map([...project.files, ...[...texts].map(([file, text]) => [file, extractFacts(file, text)] as const)]),
  })
}

/** Offsets at which statements of any depth start: before them other statements may stand. */
function statementStarts(text: string, file: string): readonly number[] {
  const parsed = parseWithTokens(text, file)
  if (parsed === null) return []
  return allNodes(parsed.program).flatMap((node) =>
    node.type === 'Program' || node.type === 'BlockStatement'
      ? // The decorators of an exported class stand before `export`, outside its statement.
        node.body.filter(({ type }) => !/^(Export|Class)/.test(type)).map((statement) => statement.range[0])
      : [],
  )
}

const INSERTIONS = [
  '\n',
  '\n\n\n',
  '// a comment\n',
  '/* a comment\n * of lines */ ',
  'const unused$ = $;\n',
  'function other$(a, b) { return a + b }\n',
  "const list$ = [1, 2, 3].map((n) => n + '$');\n",
  'if (other$ !== 1) { void 0 }\nvar other$ = 1;\n',
]

function inserted(text: string, file: string, choices: readonly (readonly [number, string])[]): string {
  const starts = statementStarts(text, file)
  if (starts.length === 0) return text
  const places = choices
    .map(([choice, code], index) => ({ at: starts[choice % starts.length] ?? 0, code: code.replaceAll('$', String(index)) }))
    .sort((a, b) => b.at - a.at)
  return places.reduce((result, { at, code }) => result.slice(0, at) + code + result.slice(at), text)
}

test.each(APPLICATIONS)('random insertions keep the fingerprints of %s', (name) => {
  const opened = open(name)
  const before = prints(opened.project)
  expect(before.length).toBeGreaterThan(0)
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(500), fc.constantFrom(...INSERTIONS)), { minLength: 1, maxLength: 8 }), (choices) => {
      const texts = new Map([...opened.texts].map(([file, text]) => [file, inserted(text, file, choices)]))
      expect(printsWith(opened, texts)).toEqual(before)
    }),
    { numRuns: 15 },
  )
})

const layout = fc.record({
  printWidth: fc.constantFrom(40, 80, 160),
  tabWidth: fc.constantFrom(2, 4),
  useTabs: fc.boolean(),
  semi: fc.boolean(),
  singleQuote: fc.boolean(),
  quoteProps: fc.constantFrom('as-needed' as const, 'consistent' as const),
  trailingComma: fc.constantFrom('all' as const, 'none' as const),
  bracketSpacing: fc.boolean(),
  objectWrap: fc.constantFrom('preserve' as const, 'collapse' as const),
  arrowParens: fc.constantFrom('always' as const, 'avoid' as const),
  experimentalOperatorPosition: fc.constantFrom('start' as const, 'end' as const),
  endOfLine: fc.constantFrom('lf' as const, 'crlf' as const),
})

test.each(APPLICATIONS)('reformatting by Prettier keeps the fingerprints of %s', async (name) => {
  const opened = open(name)
  const before = prints(opened.project)
  await fc.assert(
    fc.asyncProperty(layout, async (style) => {
      const texts = new Map<string, string>()
      for (const [file, text] of opened.texts) texts.set(file, await format(text, { ...style, filepath: file }))
      expect(printsWith(opened, texts)).toEqual(before)
    }),
    { numRuns: 8 },
  )
})

const SMALL = {
  'package.json': '{ "dependencies": { "express": "^5.0.0" }, "scripts": { "start": "node @app.js" } }',
  '@app.js': "const express = require('express')\nconst app = express()\napp.use('/users', require('./@users.js'))\napp.listen(3000)\n",
  '@users.js':
    "const router = require('express').Router()\nconst { secret } = require('./@settings.js')\nrouter.get('/:id', (req, res) => {\n  console.log(secret)\n  res.json({})\n})\nmodule.exports = router\n",
  '@settings.js': "exports.secret = process.env.SECRET || 'x9f8e7d6c5b4a3f2e1'\nconsole.log('loaded')\nconsole.log('loaded')\n",
}

test('renamed files keep the fingerprints, whatever order their new names bring', () => {
  const named = (names: Readonly<Record<string, string>>): readonly string[] => {
    const rename = (text: string): string => text.replace(/@(app|users|settings)/g, (_, name: string) => names[name] ?? name)
    const { input } = loadTexts(new Map(Object.entries(SMALL).map(([file, text]) => [rename(file), rename(text)])))
    return prints(input)
  }
  const before = named({})
  expect(before.length).toBeGreaterThan(4)
  const name = fc.stringMatching(/^[a-z][a-z0-9]{2,8}$/).map((text) => `m${text}`)
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 3, maxLength: 3 }), ([app = '', users = '', settings = '']) => {
      expect(named({ app, users, settings })).toEqual(before)
    }),
    { numRuns: 10 },
  )
})

test('a fixed finding and a new one elsewhere are not the same', () => {
  const opened = open('plain-commonjs')
  const [file = '', text = ''] = [...opened.texts].find(([, content]) => content.includes('console.')) ?? []
  expect(basename(file) + dirname(file)).not.toBe('')
  const line = text.split('\n').find((candidate) => candidate.includes('console.')) ?? ''
  const before = new Set(prints(opened.project))
  const moved = `${text.replace(line, line.replace(/console\.\w+\(.*\)/, 'void 0'))}\nfunction another(value) {\n  console.warn(value)\n}\nanother(1)\n`
  const after = printsWith(opened, new Map([[file, moved]]))
  expect(after.filter((print) => print.startsWith('no-console') && !before.has(print))).toHaveLength(1)
  expect([...before].filter((print) => print.startsWith('no-console') && !after.includes(print))).toHaveLength(1)
})
