// The fixture language itself.
import { expect, test } from 'vitest'
import { parseFixture } from './fixture.js'

test('one string holds several files, without their common indentation', () => {
  const { files } = parseFixture(`
    //- /src/app.js
    if (a) {
      b()
    }

    //- /.env
    A=1
  `)
  expect([...files]).toEqual([
    ['src/app.js', 'if (a) {\n  b()\n}\n'],
    ['.env', 'A=1\n'],
    ['package.json', expect.stringContaining('"express": "^5.0.0"')],
  ])
})

test('text before the first file line is app.ts, and a package.json can be written', () => {
  const fixture = parseFixture(`
    a()
    //- /package.json
    { "name": "x" }
  `)
  expect([...fixture.files.keys()]).toEqual(['app.ts', 'package.json'])
  expect(fixture.isPackageImplicit).toBe(false)
})

test('marks are taken out and point at the line above them', () => {
  const { files, marks } = parseFixture(`
    //- /app.js
    one(two, three)
    //  ^^^ first   ^ [high] x
    //  ~~~ again
    ^^^^^^^^^^^^^^^
    next()
  `)
  expect(files.get('app.js')).toBe('one(two, three)\nnext()\n')
  const place = { file: 'app.js', line: 1 }
  expect(marks).toEqual([
    { ...place, column: 5, endColumn: 8, sign: '^', qualities: [], text: 'first', fix: null },
    { ...place, column: 17, endColumn: 18, sign: '^', qualities: ['high'], text: 'x', fix: null },
    { ...place, column: 5, endColumn: 8, sign: '~', qualities: [], text: 'again', fix: null },
    { ...place, column: 1, endColumn: 16, sign: '^', qualities: [], text: '', fix: null },
  ])
})

test('after an arrow stands the title of the fix', () => {
  const { marks } = parseFixture('//- /a.js\none(two)\n^^^ [high, complete] part of it => Call it\n//  ^^^ => no fix\n')
  expect(marks).toMatchObject([
    { qualities: ['high', 'complete'], text: 'part of it', fix: 'Call it' },
    { qualities: [], text: '', fix: 'no fix' },
  ])
})

test('comments of environment files hold marks too, and code with a caret is no mark', () => {
  expect(parseFixture('//- /.env\nA=1\n#^^\n').marks).toMatchObject([{ line: 1, column: 2, endColumn: 4 }])
  expect(parseFixture('//- /a.js\nx = a\n  ^ b\n').marks).toMatchObject([{ text: 'b' }])
  expect(parseFixture('//- /a.js\nx = a ^ b\n').marks).toEqual([])
})
