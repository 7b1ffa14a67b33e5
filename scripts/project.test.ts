// Conventions of the whole tree, so that nobody has to remember them in review.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((file) => file !== '' && existsSync(join(root, file)))
const ours = files.filter((file) => !file.startsWith('test-fixtures/'))
const sources = ours.filter((file) => /\.(ts|mts|cts|js|mjs|cjs)$/.test(file))
const text = (file: string): string => readFileSync(join(root, file), 'utf8')

/** Files past 200 lines, each with why it is one idea all the same. Tests are lists of cases and may be long. */
const LONG_FILES: Readonly<Record<string, string>> = {
  'analyzer/extract/facts.ts': 'The statement language is one definition: its halves refer to each other.',
  'analyzer/link/value.ts': 'The values of the boot are one definition: its kinds refer to each other.',
  'analyzer/model/model.ts': 'The model is one definition: its parts refer to each other.',
  'testing/oracle/wirings.ts': 'A list of small applications, as text.',
}

test('no file names a path of the machine it was written on', () => {
  const places = [`${dirname(root)}/`, `${homedir()}/`].filter((place) => place.length > 2)
  const generic = /(?<![\w.:$}-])\/(?:work|root|home|Users)\/[a-z]/
  const found = ours.filter((file) => places.some((place) => text(file).includes(place)) || generic.test(text(file)))
  expect(found.filter((file) => file !== 'package-lock.json')).toEqual([])
})

test('the lockfile names no registry', () => {
  expect(text('package-lock.json')).not.toMatch(/"resolved": "http/)
})

test('no test is skipped, postponed or run alone', () => {
  const marked = new RegExp(String.raw`\b(it|test|describe|suite)\.(${['skip', 'todo', 'only'].join('|')})(If)?\(`)
  expect(sources.filter((file) => marked.test(text(file)))).toEqual([])
})

test('no work is left as a note in the code', () => {
  const note = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`)
  expect(sources.filter((file) => note.test(text(file)))).toEqual([])
})

test('the first line of each source file says what the file is', () => {
  const isComment = (line: string): boolean => /^(\/\/ ?\S|\/\*|#!)/.test(line)
  expect(sources.filter((file) => !isComment(text(file).split('\n', 1)[0] ?? ''))).toEqual([])
})

test('no folder or file has a name that says nothing', () => {
  const empty = new Set(['utils', 'util', 'common', 'shared', 'core', 'lib', 'helpers', 'helper', 'misc'])
  const names = (file: string): string[] => [...dirname(file).split('/'), basename(file).split('.')[0] ?? '']
  expect(ours.filter((file) => names(file).some((name) => empty.has(name)))).toEqual([])
})

test('a long file has a reason', () => {
  const long = sources.filter((file) => !file.endsWith('.test.ts') && text(file).trimEnd().split('\n').length > 200)
  expect(long.sort()).toEqual(Object.keys(LONG_FILES).sort())
})
