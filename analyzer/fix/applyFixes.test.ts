// Several fixes of one pass: merged where they fit together, left out where they do not.
import { expect, test } from 'vitest'
import { contextOf } from '../../testing/edited.js'
import { locate } from '../../testing/handMadeModel.js'
import { editsOf, editsOfEach, mergeFixes, textsAfter } from './applyFixes.js'
import { applyEdits, hasOverlap, sortEdits, type PlacedEdit } from './editList.js'
import { FixRefused, safeFix } from './fix.js'
import type { Editor, Fix } from './fix.js'
import type { Location } from '../text/location.js'

function merging(texts: Readonly<Record<string, string>>, edits: readonly ((editor: Editor, at: (code: string) => Location) => void)[]) {
  const context = contextOf(texts)
  const fixes = edits.map((edit, index): Fix =>
    safeFix(String(index), (editor) => edit(editor, (code) => locate(context.model, 'a.js', texts['a.js'] ?? '', code))),
  )
  const { edits: merged, applied } = mergeFixes(fixes, context)
  return { texts: textsAfter(merged, context), applied: applied.map((fix) => fix.title) }
}

test('an import that two fixes need is added once, where the first use needs it', () => {
  const text = "const a = require('a')\none()\nconst b = require('b')\ntwo()\n"
  const log = (code: string) => (editor: Editor, at: (code: string) => Location) =>
    editor.replace(at(code), `${editor.addImport('a.js', './log', 'default', 'log')}()`)
  const { texts, applied } = merging({ 'a.js': text }, [log('two()'), log('one()')])
  expect(texts.get('a.js')).toBe("const a = require('a')\nconst log = require('./log')\nlog()\nconst b = require('b')\nlog()\n")
  expect(applied).toEqual(['0', '1'])
})

test('imports of several fixes stand together where there were none', () => {
  const use = (code: string, name: string) => (editor: Editor, at: (code: string) => Location) =>
    editor.replace(at(code), `${editor.addImport('a.js', `./${name}`, 'default', name)}()`)
  const { texts } = merging({ 'a.js': "'use strict'\nf()\ng()\n" }, [use('f()', 'one'), use('g()', 'two')])
  expect(texts.get('a.js')).toBe("'use strict'\nconst one = require('./one')\nconst two = require('./two')\none()\ntwo()\n")
  const { texts: bare } = merging({ 'a.js': 'f()\ng()\n' }, [use('f()', 'one'), use('g()', 'two')])
  expect(bare.get('a.js')).toBe("const one = require('./one')\nconst two = require('./two')\n\none()\ntwo()\n")
})

test('two fixes that want a new import of one module do not write two statements: the second waits for the first', () => {
  const use = (code: string, name: string) => (editor: Editor, at: (code: string) => Location) =>
    editor.replace(at(code), `${editor.addImport('a.js', 'node:crypto', name, name)}()`)
  const text = "import a from 'a'\n\nf()\ng()\n"
  const first = merging({ 'a.js': text }, [use('f()', 'randomInt'), use('g()', 'randomBytes')])
  expect(first.applied).toEqual(['0'])
  const once = first.texts.get('a.js') ?? ''
  expect(once).toBe("import a from 'a'\nimport { randomInt } from 'node:crypto'\n\nrandomInt()\ng()\n")
  const second = merging({ 'a.js': once }, [use('g()', 'randomBytes')])
  expect(second.texts.get('a.js')).toBe(
    "import a from 'a'\nimport { randomInt, randomBytes } from 'node:crypto'\n\nrandomInt()\nrandomBytes()\n",
  )
})

test('several names of one module that a fix wants share a statement', () => {
  const both = (editor: Editor, at: (code: string) => Location): void =>
    editor.replace(at('f()'), `${editor.addImport('a.js', 'm', 'x', 'x')}(${editor.addImport('a.js', 'm', 'y', 'z')})`)
  expect(merging({ 'a.js': "import a from 'a'\nf()\n" }, [both]).texts.get('a.js')).toBe(
    "import a from 'a'\nimport { x, y as z } from 'm'\nx(z)\n",
  )
  expect(merging({ 'a.js': "const a = require('a')\nf()\n" }, [both]).texts.get('a.js')).toBe(
    "const a = require('a')\nconst { x, y: z } = require('m')\nx(z)\n",
  )
})

test('of two fixes that touch the same code the first one counts', () => {
  const { texts, applied } = merging({ 'a.js': 'f(x)\ng()\n' }, [
    (editor, at) => editor.replace(at('x'), 'y'),
    (editor, at) => editor.removeStatement(at('f(x)')),
    (editor, at) => editor.replace(at('g()'), 'h()'),
  ])
  expect(texts.get('a.js')).toBe('f(y)\nh()\n')
  expect(applied).toEqual(['0', '2'])
})

test('what two fixes declare behind the imports stands apart by one line each', () => {
  const { texts } = merging({ 'a.js': "import a from 'a'\nf()\n" }, [
    (editor) => editor.insertAfterImports('a.js', 'const b = a(1)'),
    (editor) => editor.insertAfterImports('a.js', 'const c = a(2)'),
  ])
  expect(texts.get('a.js')).toBe("import a from 'a'\n\nconst b = a(1)\n\nconst c = a(2)\n\nf()\n")
})

test('two fixes that declare one name do not both count', () => {
  const { texts, applied } = merging({ 'a.js': "import a from 'a'\n\nf()\n" }, [
    (editor) => editor.insertAfterImports('a.js', 'const limiter = a(1)'),
    (editor) => editor.insertAfterImports('a.js', 'const limiter = a(2)'),
    (editor, at) => editor.replace(at('f()'), 'g()'),
  ])
  expect(texts.get('a.js')).toBe("import a from 'a'\n\nconst limiter = a(1)\n\ng()\n")
  expect(applied).toEqual(['0', '2'])
})

test('two fixes that give one object the same property do not both count', () => {
  const give = (code: string) => (editor: Editor, at: (code: string) => Location) => editor.setProperty(at('f({ a: 1 })'), 'b', code)
  const { texts, applied } = merging({ 'a.js': 'f({ a: 1 })\n' }, [give('[1]'), give('[2]')])
  expect(texts.get('a.js')).toBe('f({ a: 1, b: [1] })\n')
  expect(applied).toEqual(['0'])
})

test('two fixes that fill the same empty call or object wait for each other', () => {
  const fill = (key: string) => (editor: Editor, at: (code: string) => Location) => editor.setProperty(at('f()'), key, '1')
  const { texts, applied } = merging({ 'a.js': 'f()\n' }, [fill('a'), fill('b')])
  expect(texts.get('a.js')).toBe('f({ a: 1 })\n')
  expect(applied).toEqual(['0'])
})

test('two fixes that add options to one call do not add two arguments: the second finds those of the first', () => {
  const give = (call: string, key: string) => (editor: Editor, at: (code: string) => Location) => editor.setProperty(at(call), key, '1', 1)
  const first = merging({ 'a.js': 'app.use(plugin)\ng()\n' }, [
    give('app.use(plugin)', 'a'),
    give('app.use(plugin)', 'b'),
    (editor, at) => editor.replace(at('g()'), 'h()'),
  ])
  expect(first.texts.get('a.js')).toBe('app.use(plugin, { a: 1 })\nh()\n')
  expect(first.applied).toEqual(['0', '2'])
  const second = merging({ 'a.js': first.texts.get('a.js') ?? '' }, [give('app.use(plugin, { a: 1 })', 'b')])
  expect(second.texts.get('a.js')).toBe('app.use(plugin, { a: 1, b: 1 })\nh()\n')
})

test('one fix may add several arguments to a call, in front and behind', () => {
  const { texts } = merging({ 'a.js': 'f(x)\n' }, [
    (editor, at) => {
      editor.insertArgument(at('f(x)'), 0, 'w')
      editor.insertArgument(at('f(x)'), 1, 'y')
    },
  ])
  expect(texts.get('a.js')).toBe('f(w, x, y)\n')
})

test('dependencies of several fixes come together, the same one once', () => {
  const add = (name: string) => (editor: Editor) => editor.addDependency('a.js', name, '^1.0.0')
  const { texts } = merging({ 'a.js': 'f()\n', 'package.json': '{ "dependencies": { "express": "5" } }' }, [
    add('helmet'),
    add('cors'),
    add('helmet'),
  ])
  expect(texts.get('package.json')).toBe('{ "dependencies": { "cors": "^1.0.0", "express": "5", "helmet": "^1.0.0" } }')
})

test('a fix that refuses, changes nothing or breaks the syntax is not offered', () => {
  const context = contextOf({ 'a.js': 'f()\n' })
  const at = locate(context.model, 'a.js', 'f()\n', 'f()')
  expect(
    editsOf(
      safeFix('refuse', () => {
        throw new FixRefused('no')
      }),
      context,
    ),
  ).toBeNull()
  expect(
    editsOf(
      safeFix('nothing', () => undefined),
      context,
    ),
  ).toBeNull()
  expect(
    editsOf(
      safeFix('break', (editor) => editor.replace(at, 'f(')),
      context,
    ),
  ).toBeNull()
  expect(
    editsOf(
      safeFix('fix', (editor) => editor.replace(at, 'g()')),
      context,
    )?.size,
  ).toBe(1)
})

test('a text that is not the analysed one is refused', () => {
  const { model } = contextOf({ 'a.js': 'f()\n' })
  const at = locate(model, 'a.js', 'f()\n', 'f()')
  const fix = safeFix('fix', (editor) => editor.replace(at, 'g()'))
  expect(editsOf(fix, { model, text: () => '\nf()\n' })).toBeNull()
  expect(editsOf(fix, { model, text: () => null })).toBeNull()
})

test('edits apply in order of place, and overlaps are seen', () => {
  expect(
    applyEdits('abc', [
      { start: 2, end: 3, text: 'z' },
      { start: 0, end: 0, text: 'x' },
      { start: 0, end: 0, text: 'y' },
    ]),
  ).toBe('xyabz')
  expect(
    hasOverlap([
      { start: 0, end: 2, text: '' },
      { start: 2, end: 2, text: 'x' },
    ]),
  ).toBe(false)
  expect(
    hasOverlap([
      { start: 0, end: 2, text: '' },
      { start: 1, end: 1, text: 'x' },
    ]),
  ).toBe(true)
})

test('the edits of each fix, asked for together, are those that it has alone; what refuses or fails has none', () => {
  const texts = { 'a.js': "import a from 'a'\nf(x)\ng()\n" }
  const context = contextOf(texts)
  const at = (code: string): Location => locate(context.model, 'a.js', texts['a.js'], code)
  const fix = (edit: (editor: Editor) => void): Fix => safeFix('fix', edit)
  const fixes = [
    fix((editor) => editor.replace(at('x'), 'y')),
    fix((editor) => editor.removeStatement(at('f(x)'))),
    fix((editor) => editor.replace(at('g()'), `${editor.addImport('a.js', 'm', 'h', 'h')}()`)),
    fix((editor) => editor.insertAfter(at('g()'), `${editor.addImport('a.js', 'm', 'h', 'h')}()`)),
    fix((editor) => editor.replace(at('g()'), 'g(')),
    fix(() => {
      throw new FixRefused('no')
    }),
    fix(() => {
      throw new Error('boom')
    }),
  ]
  const each = editsOfEach(fixes, context)
  expect(fixes.slice(0, 6).map((one) => each.get(one) ?? null)).toEqual(fixes.slice(0, 6).map((one) => editsOf(one, context)))
  expect(fixes.map((one) => each.has(one))).toEqual([true, true, true, true, false, false, false])
})

test('two fixes that register one plugin do not register it twice: the second waits for the first', () => {
  const register = (options: string) => (editor: Editor, at: (code: string) => Location) =>
    editor.insertAfter(at('make()'), `await app.register(limit, ${options})`)
  const { texts, applied } = merging({ 'a.js': "import limit from 'limit'\nmake()\n" }, [
    register('{ max: 5 }'),
    register('{ global: false }'),
  ])
  expect(texts.get('a.js')).toBe("import limit from 'limit'\nmake()\nawait app.register(limit, { max: 5 })\n")
  expect(applied).toEqual(['0'])
})

test('a variable that two fixes want is added to the example of the environment once', () => {
  const want = (code: string, comment: string) => (editor: Editor, at: (code: string) => Location) => {
    editor.replace(at(code), 'process.env.ORIGINS')
    editor.addEnvironmentExample('a.js', 'ORIGINS', comment)
  }
  const { texts, applied } = merging({ 'a.js': 'f(1)\ng(2)\n', 'package.json': '{}', '.env.example': 'PORT=' }, [
    want('1', 'Origins of sites.'),
    want('2', 'Origins of sockets.'),
  ])
  expect(texts.get('.env.example')).toBe('PORT=\n# Origins of sites.\nORIGINS=\n')
  expect(applied).toEqual(['0'])
})

test('what wraps a statement stands next to it, whatever other fixes put in front or behind', () => {
  const name = (editor: Editor, at: (code: string) => Location): void => editor.wrap(at('app.listen(3000)'), 'const server = ', '')
  const listen = (editor: Editor, at: (code: string) => Location): void => editor.insertBefore(at('app.listen(3000)'), "process.on('x', f)")
  const close = (editor: Editor, at: (code: string) => Location): void => editor.insertAfter(at('app.listen(3000)'), 'server.close()')
  for (const order of [
    [name, listen, close],
    [listen, close, name],
  ])
    expect(merging({ 'a.js': 'app.listen(3000)\n' }, order).texts.get('a.js')).toBe(
      "process.on('x', f)\nconst server = app.listen(3000)\nserver.close()\n",
    )
  const around = (before: string, after: string) => (editor: Editor, at: (code: string) => Location) =>
    editor.wrap(at('g()'), before, after)
  const { texts } = merging({ 'a.js': 'g()\n' }, [
    around('one(', ', 1)'),
    around('two(', ', 2)'),
    (editor, at) => editor.insertAfter(at('g()'), 'h()'),
  ])
  expect(texts.get('a.js')).toBe('one(two(g(), 2), 1)\nh()\n')
})

test('of two fixes that make a constructor for one class the second waits', () => {
  const use = (code: string) => (editor: Editor, at: (code: string) => Location) =>
    editor.insertAfter(at('express()'), `this.app.use(${code})`)
  const { texts, applied } = merging({ 'a.js': 'class A {\n  app = express()\n}\n' }, [use('helmet()'), use('cors()')])
  expect(applied).toEqual(['0'])
  expect(texts.get('a.js')).toBe('class A {\n  app = express()\n\n  constructor() {\n    this.app.use(helmet())\n  }\n}\n')
})

test('two fixes that make one file differently wait for each other, and alike make it once', () => {
  const make = (code: string) => (editor: Editor) => editor.createFile('made.js', code, 'a.js')
  expect(merging({ 'a.js': 'f()\n' }, [make('one()'), make('two()')])).toEqual({ texts: new Map([['made.js', 'one()\n']]), applied: ['0'] })
  expect(merging({ 'a.js': 'f()\n' }, [make('one()'), make('one()')]).texts).toEqual(new Map([['made.js', 'one()\n']]))
  const both = (editor: Editor): void => {
    make('one()')(editor)
    make('one()')(editor)
  }
  expect(merging({ 'a.js': 'f()\n' }, [both]).texts).toEqual(new Map([['made.js', 'one()\n']]))
})

test('a variable joins an example that ends without a line end, without a gap', () => {
  const want = (name: string) => (editor: Editor) => editor.addEnvironmentExample('a.js', name, 'Say what it is.')
  const { texts } = merging({ 'a.js': 'f()\n', '.env.example': 'PORT=3000', 'package.json': '{}' }, [want('ONE'), want('TWO')])
  expect(texts.get('.env.example')).toBe('PORT=3000\n# Say what it is.\nONE=\n# Say what it is.\nTWO=\n')
})

test('packages that several fixes add between the same neighbours are sorted', () => {
  const depend =
    (name: string) =>
    (editor: Editor): void =>
      editor.addDependency('a.js', name, '1')
  const { texts } = merging({ 'a.js': 'f()\n', 'package.json': '{ "dependencies": { "cors": "1", "pino": "1" } }' }, [
    depend('helmet'),
    depend('express'),
  ])
  expect(texts.get('package.json')).toBe('{ "dependencies": { "cors": "1", "express": "1", "helmet": "1", "pino": "1" } }')
})

test('what has no name to be sorted by comes first, so that the others stay in order around it', () => {
  const at = { start: 3, end: 3, rank: 'statement' } as const
  const edits: readonly PlacedEdit[] = [
    { ...at, text: 'c', sortedBy: 'c' },
    { ...at, text: '-' },
    { ...at, text: 'a', sortedBy: 'a' },
  ]
  expect(sortEdits(edits).map(({ text }) => text)).toEqual(['-', 'a', 'c'])
})
