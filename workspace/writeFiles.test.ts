// Files are replaced whole, with their mode, through links; a failure leaves everything as it was.
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  lstatSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readEditableText, writeFiles } from './writeFiles.js'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'parapet-write-'))
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

test('writes new and existing files, keeps modes and leaves nothing else behind', () => {
  writeFileSync(join(root, 'run.js'), 'old')
  chmodSync(join(root, 'run.js'), 0o755)
  writeFiles(
    root,
    new Map([
      ['run.js', 'new'],
      ['src/made.js', 'made'],
    ]),
  )
  expect(readFileSync(join(root, 'run.js'), 'utf8')).toBe('new')
  expect(statSync(join(root, 'run.js')).mode & 0o777).toBe(0o755)
  expect(readFileSync(join(root, 'src/made.js'), 'utf8')).toBe('made')
  expect(readdirSync(root).sort()).toEqual(['run.js', 'src'])
})

test('a link stays a link and its target is written', () => {
  writeFileSync(join(root, 'real.js'), 'old')
  symlinkSync('real.js', join(root, 'link.js'))
  writeFiles(root, new Map([['link.js', 'new']]))
  expect(lstatSync(join(root, 'link.js')).isSymbolicLink()).toBe(true)
  expect(readFileSync(join(root, 'real.js'), 'utf8')).toBe('new')
})

test('when one file cannot be written, none is changed', () => {
  writeFileSync(join(root, 'a.js'), 'old')
  writeFileSync(join(root, 'file'), '')
  const texts = new Map([
    ['a.js', 'new'],
    ['file/b.js', 'no folder'],
  ])
  expect(() => {
    writeFiles(root, texts)
  }).toThrow()
  expect(readFileSync(join(root, 'a.js'), 'utf8')).toBe('old')
  expect(readdirSync(root).sort()).toEqual(['a.js', 'file'])
})

test('an empty set writes nothing', () => {
  mkdirSync(join(root, 'x'))
  writeFiles(root, new Map())
  expect(readdirSync(root)).toEqual(['x'])
})

test('a byte order mark is kept, and a file that is not UTF-8 is not offered for editing', () => {
  writeFileSync(join(root, 'marked.js'), '\uFEFFold')
  expect(readEditableText(join(root, 'marked.js'))).toBe('old')
  writeFiles(root, new Map([['marked.js', 'new']]))
  expect(readFileSync(join(root, 'marked.js'), 'utf8')).toBe('\uFEFFnew')
  writeFileSync(join(root, 'latin.js'), Buffer.from([0x2f, 0x2f, 0xe9, 0x0a]))
  expect(readEditableText(join(root, 'latin.js'))).toBeNull()
  expect(readEditableText(join(root, 'nothing.js'))).toBeNull()
})
