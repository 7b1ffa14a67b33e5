// Laws that hold over whole applications: facts stay untouched, edits equal fresh runs, half-typed text breaks nothing, a broken rule is set aside.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyze, type Analysis, type ProjectInput } from '../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../analyzer/check/configuration.js'
import { defineRule } from '../analyzer/check/rule.js'
import { extractFacts } from '../analyzer/extract/extractFacts.js'
import { createSession } from '../analyzer/session.js'
import { rules } from '../rules/index.js'
import { loadProject } from '../workspace/loadProject.js'
import { fixtureFolder, fixtureNames } from './oracle/fixture.js'
import { packageAt } from './packageAt.js'

const options = { configuration: { ...DEFAULT_CONFIGURATION, preset: 'strict' as const }, only: [] }
const EDITED = [
  'plain-commonjs',
  'class-server',
  'own-middleware',
  'router-functions',
  'wrappers',
  'route-tables',
  'typedi-container',
  'nest-enhancers',
  'nest-throttler',
]

interface Opened {
  readonly project: ProjectInput
  readonly texts: ReadonlyMap<string, string>
}

function open(name: string): Opened {
  const project = loadProject(fixtureFolder(name))
  const sources = [...project.files.values()].filter((facts) => facts.kind === 'source' && facts.language !== 'json')
  return { project, texts: new Map(sources.map(({ file }) => [file, project.texts(file)])) }
}

/** What a reader sees of an analysis. */
function seen({ findings, internalErrors, model }: Analysis): unknown {
  return {
    findings: findings.map(({ ruleId, file, range, message, confidence, related }) => ({
      ruleId,
      file,
      range,
      message,
      confidence,
      related,
    })),
    internalErrors,
    routes: model.routes.map(({ method, path, chain }) => `${method} ${path} ${chain.length}`),
    unreached: model.unreached.length,
    scopes: model.scopes.map(({ name, entries, settings, gaps }) => [name, entries.length, settings.length, gaps.length]),
  }
}

function fresh({ project }: Opened, texts: ReadonlyMap<string, string>): Analysis {
  const files = new Map(project.files)
  for (const [file, text] of texts) files.set(file, extractFacts(file, text))
  return analyze({ ...project, files }, rules, options)
}

/** Edits that leave a program: a line written twice, a line gone, a blank line, another literal, a call more. */
const EDITS: readonly ((line: string, n: number) => string)[] = [
  (line) => `${line}\n${line}`,
  () => '',
  (line) => `\n${line}`,
  (line, n) => line.replace(/\d+/, String(n)),
  (line, n) => line.replace(/'[^']*'/, `'edit ${n}'`),
  (line, n) => (line.trimEnd().endsWith('{') ? `${line} console.log(${n})` : line),
]

test.each(EDITED)('after edits of %s the findings are those of a fresh analysis', (name) => {
  const opened = open(name)
  const files = [...opened.texts.keys()]
  const edit = fc.record({
    file: fc.constantFrom(...files),
    line: fc.nat(),
    kind: fc.nat(EDITS.length - 1),
    n: fc.integer({ min: 2, max: 999 }),
  })
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
      const texts = new Map(opened.texts)
      const session = createSession(opened.project, rules, options)
      session.analyze()
      for (const { file, line, kind, n } of edits) {
        const lines = (texts.get(file) ?? '').split('\n')
        const at = line % lines.length
        lines[at] = EDITS[kind]?.(lines[at] ?? '', n) ?? ''
        const text = lines.join('\n')
        // Text that does not parse keeps its last facts in a session; that has a test of its own.
        if (extractFacts(file, text).kind === 'unparsed') continue
        texts.set(file, text)
        session.update(file, text)
        session.analyze()
      }
      expect(seen(session.analyze())).toEqual(seen(fresh(opened, texts)))
    }),
    { numRuns: 6, seed: 20_251 },
  )
})

test('typing in a handler extracts one file and boots nothing', () => {
  const opened = open('plain-commonjs')
  const [file, text] = [...opened.texts].find(([, one]) => one.includes('res.json(')) ?? ['', '']
  const session = createSession(opened.project, rules, options)
  session.analyze()
  const before = { extractions: session.extractions(), boots: session.boots() }
  session.update(file, text.replace('res.json(', 'console.log(1); res.json('))
  session.analyze()
  expect({ extractions: session.extractions() - before.extractions, boots: session.boots() - before.boots }).toEqual({
    extractions: 1,
    boots: 0,
  })
})

test('linking and checking leave facts as they were', () => {
  for (const name of EDITED) {
    const { project } = open(name)
    const before = structuredClone([...project.files.values()])
    analyze(project, rules, options)
    expect([...project.files.values()]).toEqual(before)
  }
})

test('the same input gives the same findings, in the same order', () => {
  for (const name of EDITED) {
    const opened = open(name)
    expect(seen(fresh(opened, opened.texts))).toEqual(seen(fresh(opened, opened.texts)))
  }
})

test.each(fixtureNames())('every prefix of %s analyses without an internal error', (name) => {
  const opened = open(name)
  for (const [file, text] of opened.texts) {
    const lines = text.split('\n')
    // Every third line keeps the run short; extraction alone is tried at every line beside it.
    for (let end = 1; end < lines.length; end += 3) {
      const { internalErrors } = fresh(opened, new Map([[file, lines.slice(0, end).join('\n')]]))
      expect(internalErrors, `${file} up to line ${end}`).toEqual([])
    }
  }
})

test('a rule that throws is set aside and reported once, and the others go on', () => {
  const broken = defineRule({
    id: 'no-broken',
    summary: 'Throws.',
    category: 'headers',
    severity: 'error',
    presets: ['recommended'],
    frameworks: ['express'],
    references: [],
    messages: { never: { what: 'Never.', why: '', how: '' } },
    check: () => {
      throw new Error('broken on purpose')
    },
  })
  const { project } = open('plain-commonjs')
  const alone = analyze(project, rules, options)
  const together = analyze(project, [broken, ...rules], options)
  expect(together.internalErrors.map(({ ruleId }) => ruleId)).toEqual(['no-broken'])
  expect(together.findings.map(({ fingerprint }) => fingerprint)).toEqual(alone.findings.map(({ fingerprint }) => fingerprint))
})

test('a project that names a framework but makes no application is no all-clear', () => {
  const files = new Map([['index.js', extractFacts('index.js', "const express = require('express')\nmodule.exports = express.json")]])
  const manifest = packageAt('', { dependencies: { express: '^5.0.0' } })
  const { notices, seen: numbers } = analyze({ files, packages: [manifest], tsconfigs: [], ignoredFiles: [] }, rules, options)
  expect(numbers.missingFrameworks).toEqual(['express'])
  expect(notices.length).toBeGreaterThan(0)
})
