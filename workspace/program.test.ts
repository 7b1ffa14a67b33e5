// Compiled code is taken for the very program that it was made of, and never for anything else.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openProgram } from './program.js'

let folder = ''
let file = ''
let kept = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parapet-program-'))
  file = join(folder, 'program.js')
  kept = join(folder, 'compiled')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function write(answer: number): void {
  writeFileSync(
    file,
    `(function (exports, require, module, moduleUrl) {\nmodule.exports = [${answer}, moduleUrl, typeof require('node:fs')]\n})`,
  )
}

function runAndKeep(): { readonly isKnown: boolean; readonly answer: unknown } {
  const program = openProgram(file, kept)
  const exported = program.run() as readonly unknown[]
  program.keep()
  return { isKnown: program.isKnown, answer: exported[0] }
}

function keptFile(): string {
  return join(kept, readdirSync(kept)[0] ?? '')
}

test('a program gets its own require and URL', () => {
  write(1)
  expect(openProgram(file, kept).run()).toEqual([1, new URL(`file://${file}`).href, 'object'])
})

test('the second run finds what the first one kept', () => {
  write(1)
  expect([runAndKeep(), runAndKeep()]).toEqual([
    { isKnown: false, answer: 1 },
    { isKnown: true, answer: 1 },
  ])
  expect(readdirSync(kept)).toHaveLength(1)
})

test('another program of the same length is compiled anew', () => {
  write(1)
  runAndKeep()
  write(2)
  expect([runAndKeep(), runAndKeep()]).toEqual([
    { isKnown: false, answer: 2 },
    { isKnown: true, answer: 2 },
  ])
})

test.each([
  ['cut short', (data: Buffer) => data.subarray(0, data.length - 40)],
  ['changed in one place', (data: Buffer) => Buffer.concat([data.subarray(0, -1), Buffer.from([(data.at(-1) ?? 0) ^ 1])])],
  ['empty', () => Buffer.alloc(0)],
])('compiled code that is %s does not count', (_, damage) => {
  write(1)
  runAndKeep()
  writeFileSync(keptFile(), damage(readFileSync(keptFile())))
  expect(runAndKeep()).toEqual({ isKnown: false, answer: 1 })
  expect(runAndKeep()).toEqual({ isKnown: true, answer: 1 })
})

test('where nothing can be kept the program runs all the same', () => {
  write(1)
  writeFileSync(kept, '')
  chmodSync(kept, 0o400)
  expect([runAndKeep(), runAndKeep()]).toEqual([
    { isKnown: false, answer: 1 },
    { isKnown: false, answer: 1 },
  ])
  expect(readdirSync(folder).sort()).toEqual(['compiled', 'program.js'])
})
