// Suppressions as edits, in every kind of file that holds comments.
import { expect, test } from 'vitest'
import { applyEdits } from '../analyzer/fix/editList.js'
import { suppressionEdit, type SuppressionScope } from './suppress.js'

function suppressed(file: string, text: string, line: number, scope: SuppressionScope = 'next-line'): string | null {
  const edit = suppressionEdit(file, text, line, 'some-rule', scope)
  return edit === null ? null : applyEdits(text, [edit])
}

test('above the line, as far in as the line', () => {
  expect(suppressed('a.ts', 'if (x) {\n\tgo()\n}\n', 2)).toBe(
    'if (x) {\n\t// parapet-ignore-next-line some-rule -- why this is fine here\n\tgo()\n}\n',
  )
})

test('line ends are those of the file', () => {
  expect(suppressed('a.js', 'one()\r\ntwo()\r\n', 2)).toBe(
    'one()\r\n// parapet-ignore-next-line some-rule -- why this is fine here\r\ntwo()\r\n',
  )
})

test('for a file it stands at the top, below a shebang', () => {
  const text = '#!/usr/bin/env node\nrun()\n'
  expect(suppressed('bin/run', text, 2, 'file')).toBe(
    '#!/usr/bin/env node\n// parapet-ignore-file some-rule -- why this is fine here\nrun()\n',
  )
})

test('what a Dockerfile says in its first lines stays there', () => {
  const first = '# syntax=docker/dockerfile:1\n# escape=`\n'
  expect(suppressed('Dockerfile', `${first}FROM node\n`, 3, 'file')).toBe(
    `${first}# parapet-ignore-file some-rule -- why this is fine here\nFROM node\n`,
  )
})

test.each([
  ['start.sh', '#!/bin/sh\nexport TOKEN=secret\n', 2],
  ['docker-compose.yml', 'services:\n  api:\n    image: x\n', 3],
  ['Dockerfile', 'FROM node\nENV TOKEN=secret\n', 2],
  ['.env.production', 'A=1\nTOKEN=secret\n', 2],
])('%s has comments of another kind', (file, text, line) => {
  expect(suppressed(file, text, line)).toMatch(/^ *# parapet-ignore-next-line some-rule/m)
})

test.each([
  ['a template', 'a.js', 'const text = `one\ntwo ${secret}`\n', 2],
  ['JSON', 'package.json', '{\n  "a": 1\n}\n', 2],
  ['a text that does not parse', 'a.ts', 'const (\nx()\n', 2],
])('%s holds no comment, so nothing is offered', (_, file, text, line) => {
  expect(suppressed(file, text, line)).toBeNull()
})
