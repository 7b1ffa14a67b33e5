// Variables that a change leaves without a use go with it; all others stand.
import { expect, test } from 'vitest'
import { edited } from '../../testing/edited.js'

const handler = (...body: string[]): string => `app.use((err, res) => {\n${body.map((line) => `  ${line}\n`).join('')}})\n`

/** What stands within the handler after `message` in the answer gave way to a text. */
const answered = (...body: string[]): string | null =>
  edited({ 'a.js': handler(...body) }, (editor, { at }) => {
    editor.setArgument(at('res.json(message)'), 0, "'Internal Server Error'")
  })

const quiet = "res.json('Internal Server Error')"

test('a statement whose only name has no use any more, and a name of several', () => {
  expect(answered('const { message } = err', 'res.json(message)')).toBe(handler(quiet))
  expect(answered("const message = err instanceof Error ? err.message : 'Unknown'", 'res.json(message)')).toBe(handler(quiet))
  expect(answered('const { message, status, name } = err', 'log(name)', 'res.status(status)', 'res.json(message)')).toBe(
    handler('const { status, name } = err', 'log(name)', 'res.status(status)', quiet),
  )
})

test('names that are still used, values that something is done for, and rests', () => {
  for (const before of [
    ['const { message } = err', 'log(message)'],
    ['const message = describe(err)'],
    ['const { message, ...rest } = err', 'log(rest)'],
    ['const message = err.message, status = err.status', 'res.status(status)'],
    ['const { message } = err', 'later(() => ({ message }))'],
  ])
    expect(answered(...before, 'res.json(message)')).toBe(handler(...before, quiet))
})

test('a name that the change itself reads', () => {
  const body = ['const { message } = err', 'res.json(message)']
  const after = edited({ 'a.js': handler(...body) }, (editor, { at }) =>
    editor.setArgument(at('res.json(message)'), 0, "res.statusCode < 500 ? message : ''"),
  )
  expect(after).toBe(handler('const { message } = err', "res.json(res.statusCode < 500 ? message : '')"))
})

test('apostrophes of a template are no quotes', () => {
  const told = "`it's ${message}, isn't it`"
  const after = edited({ 'a.js': handler('const { message } = err', 'res.json(message)') }, (editor, { at }) =>
    editor.setArgument(at('res.json(message)'), 0, told),
  )
  expect(after).toBe(handler('const { message } = err', `res.json(${told})`))
})

test('the same name of another function', () => {
  const other = 'app.get((err) => {\n  const { message } = err\n  log(message)\n})\n'
  const after = edited({ 'a.js': handler('const { message } = err', 'res.json(message)') + other }, (editor, { at }) =>
    editor.setArgument(at('res.json(message)'), 0, "'Internal Server Error'"),
  )
  expect(after).toBe(handler(quiet) + other)
})

test('what a module has for itself, and not what it exports', () => {
  const rest = handler('res.json(describe(err))')
  const after = (before: string): string | null =>
    edited({ 'a.js': before + rest }, (editor, { at }) => editor.setArgument(at('res.json(describe(err))'), 0, "'Internal Server Error'"))
  expect(after('const describe = (error) => error.detail\n')).toBe(handler(quiet))
  for (const before of [
    'export const describe = (error) => error.detail\n',
    'const describe = make()\n',
    "import { describe } from './a'\n",
  ])
    expect(after(before)).toBe(before + handler(quiet))
})

test('a package whose last use goes is no longer loaded, also where another one is', () => {
  const without = (before: string): string | null =>
    edited({ 'a.js': `${before}use(log())\n` }, (editor, { at }) => editor.replace(at('log()'), 'other'))
  expect(without("const log = require('log')\n")).toBe('use(other)\n')
  for (const before of ["const log = require('./log')\n", "import log from './log'\n", "import log, { level } from 'log'\n"])
    expect(without(before)).toBe(`${before}use(other)\n`)
  const exchanged = (before: string): string | null =>
    edited({ 'a.js': `${before}use(log())\n` }, (editor, { at }) => {
      editor.addImport('a.js', 'pino', 'default', 'pino')
      editor.replace(at('log()'), 'pino()')
    })
  expect(exchanged("import a from 'a'\nimport log from 'log'\n")).toBe("import a from 'a'\nimport pino from 'pino'\nuse(pino())\n")
  expect(exchanged("const a = require('a')\nconst log = require('log')\n")).toBe(
    "const a = require('a')\nconst pino = require('pino')\nuse(pino())\n",
  )
})
