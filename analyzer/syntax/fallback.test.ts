// Where the native parser does not load, the reference parser takes its place.
import { expect, test } from 'vitest'
import { chooseParse } from './fallback.js'
import * as estree from './estree.js'
import { nativeParser } from './native.js'
import { parseSource } from './parse.js'

const TEXT = "import a from 'a'\n// why\nexport const b = a.c(1)\n"

test('a binary that does not load is told, and texts are read all the same', () => {
  const told: string[] = []
  const parse = nativeParser(
    chooseParse(
      () => {
        throw new Error('no binding')
      },
      () => estree,
      (why) => told.push(why),
    ),
  )
  expect(told).toEqual(['no binding'])
  const [reference, native] = [parse('a.ts', TEXT), parseSource('a.ts', TEXT)]
  expect(reference).toMatchObject({ kind: 'parsed', comments: [{ start: 18, end: 24 }] })
  expect(reference.kind === 'parsed' && reference.program.body.map(({ type, start, end }) => [type, start, end])).toEqual(
    native.kind === 'parsed' && native.program.body.map(({ type, start, end }) => [type, start, end]),
  )
  expect(parse('a.js', 'a(')).toMatchObject({ kind: 'broken', offset: 2 })
})

test('one that loads is taken', async () => {
  const native = await import('oxc-parser')
  const parse = chooseParse(
    () => native,
    () => expect.unreachable(),
    () => expect.unreachable(),
  )
  expect(parse).toBe(native.parseSync)
})
