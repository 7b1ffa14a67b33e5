// What a fix asks of the environment.
import { expect, test } from 'vitest'
import type { FixOutcome } from '../../analyzer/fixAll.js'
import { variableLines } from './newVariables.js'

function lines(files: Readonly<Record<string, readonly [before: string | null, after: string]>>): readonly string[] {
  const entries = Object.entries(files)
  const outcome: Pick<FixOutcome, 'texts' | 'before'> = {
    texts: new Map(entries.map(([file, [, after]]) => [file, after])),
    before: new Map(entries.map(([file, [before]]) => [file, before])),
  }
  return variableLines(outcome)
}

test('a variable that was read before, and is demanded now, keeps the next start from working', () => {
  expect(lines({ 'a.js': ["const key = process.env.JWT_SECRET || 'x'", "const key = requireEnv('JWT_SECRET')"] })).toEqual([
    'The next start is refused without JWT_SECRET in the environment.',
  ])
})

test('a loop over names that throws demands each of them', () => {
  const check = "for (const name of ['B', 'A']) {\n  if (!process.env[name]) throw new Error(`Missing environment variable ${name}`)\n}\n"
  expect(lines({ 'a.js': ['start()', `${check}start()`] })).toEqual(['The next start is refused without A and B in the environment.'])
})

test('what is only read is no condition of the start', () => {
  const after = "const origins = process.env.ALLOWED_ORIGINS ?? ''\nconst secure = process.env.NODE_ENV === 'production'"
  expect(lines({ 'a.js': [null, after] })).toEqual([
    'The new code also reads ALLOWED_ORIGINS from the environment: see what it does without.',
  ])
  expect(lines({ 'a.js': [after, after.replace("''", "'x'")] })).toEqual([])
})
