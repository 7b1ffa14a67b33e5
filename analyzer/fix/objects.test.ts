// Properties and arguments: added, replaced and removed with their commas.
import { expect, test } from 'vitest'
import { edited } from '../../testing/edited.js'
import type { Editor } from './fix.js'
import type { Location } from '../text/location.js'

function at(text: string, code: string, edit: (editor: Editor, at: Location) => void): string | null {
  return edited({ 'a.js': text }, (editor, places) => edit(editor, places.at(code)))
}

test('a property is added on the line of the others', () => {
  expect(at('f({ a: 1 })', '{ a: 1 }', (editor, it) => editor.setProperty(it, 'b', "'x'"))).toBe("f({ a: 1, b: 'x' })")
  expect(at('f({})', '{}', (editor, it) => editor.setProperty(it, 'b', '2'))).toBe('f({ b: 2 })')
})

test('a property is added on a line of its own, with and without trailing commas', () => {
  const set = (text: string): string | null =>
    edited({ 'a.js': text }, (editor, places) => editor.setProperty(places.at(text.slice(2, -1)), 'b', '[\n  1,\n]'))
  expect(set('f({\n  a: 1,\n})')).toBe('f({\n  a: 1,\n  b: [\n    1,\n  ],\n})')
  expect(set('f({\n  a: 1\n})')).toBe('f({\n  a: 1,\n  b: [\n    1\n  ]\n})')
  expect(set('f({\n  a: 1, // one\n})')).toBe('f({\n  a: 1, // one\n  b: [\n    1,\n  ],\n})')
  expect(set('f({\n  a: 1 // one\n})')).toBe('f({\n  a: 1, // one\n  b: [\n    1\n  ]\n})')
})

test('several properties of one object come out together', () => {
  const text = 'f({ a: 1, b: 2 })'
  const both = at(text, '{ a: 1, b: 2 }', (editor, it) => {
    editor.removeProperty(it, 'b')
    editor.setProperty(it, 'c', '3')
    editor.setProperty(it, 'd-e', '4')
    editor.setProperty(it, 'a', '0')
  })
  expect(both).toBe("f({ a: 0, c: 3, 'd-e': 4 })")
})

test('a value is replaced, also a shorthand and a method', () => {
  expect(at('f({ a, b })', '{ a, b }', (editor, it) => editor.setProperty(it, 'a', '1'))).toBe('f({ a: 1, b })')
  expect(at('f({ a() {} })', '{ a() {} }', (editor, it) => editor.setProperty(it, 'a', 'b'))).toBe('f({ a: b })')
  expect(at("f({ 'a': 1 })", "{ 'a': 1 }", (editor, it) => editor.setProperty(it, 'a', '2'))).toBe("f({ 'a': 2 })")
  expect(at('f({ a: 1 })', '{ a: 1 }', (editor, it) => editor.setProperty(it, 'a', '1'))).toBeNull()
})

test('a removed property takes its comma or its line', () => {
  const remove = (text: string, key: string): string | null =>
    edited({ 'a.js': text }, (editor, places) => editor.removeProperty(places.at(text.slice(2, -1)), key))
  expect(remove('f({ a: 1, b: 2 })', 'a')).toBe('f({ b: 2 })')
  expect(remove('f({ a: 1, b: 2 })', 'b')).toBe('f({ a: 1 })')
  expect(remove('f({ a: 1 })', 'a')).toBe('f({})')
  expect(remove('f({\n  a: 1,\n  b: 2\n})', 'b')).toBe('f({\n  a: 1\n})')
  expect(remove('f({\n  a: 1,\n  b: 2,\n})', 'a')).toBe('f({\n  b: 2,\n})')
  expect(remove('f({\n  // about a\n  a: 1, // more\n  b: 2,\n})', 'a')).toBe('f({\n  // about a\n  // more\n  b: 2,\n})')
  expect(remove('f({ a: 1 })', 'b')).toBeNull()
})

test('options are added to a call that has none, or whose options are a name', () => {
  expect(at('f()', 'f()', (editor, it) => editor.setProperty(it, 'a', '1'))).toBe('f({ a: 1 })')
  expect(at('f(x)', 'f(x)', (editor, it) => editor.setProperty(it, 'a', '1', 1))).toBe('f(x, { a: 1 })')
  expect(at('f(options)', 'f(options)', (editor, it) => editor.setProperty(it, 'a', '1'))).toBe('f({ ...options, a: 1 })')
  expect(at('f(() => 1)', 'f(() => 1)', (editor, it) => editor.setProperty(it, 'a', '1'))).toBeNull()
  expect(at('await f({ a: 0 })', 'await f({ a: 0 })', (editor, it) => editor.setProperty(it, 'a', '1'))).toBe('await f({ a: 1 })')
})

test('arguments are set and inserted', () => {
  expect(at("app.post('/a', run)", "app.post('/a', run)", (editor, it) => editor.insertArgument(it, 1, 'limit'))).toBe(
    "app.post('/a', limit, run)",
  )
  expect(at('f(\n  a,\n  b\n)', 'f(\n  a,\n  b\n)', (editor, it) => editor.insertArgument(it, 1, 'c'))).toBe('f(\n  a,\n  c,\n  b\n)')
  expect(at('f(\n  a,\n)', 'f(\n  a,\n)', (editor, it) => editor.setArgument(it, 1, 'c'))).toBe('f(\n  a,\n  c,\n)')
  expect(at('f(a)', 'f(a)', (editor, it) => editor.setArgument(it, 0, 'b'))).toBe('f(b)')
  expect(at('new F', 'new F', (editor, it) => editor.setArgument(it, 0, 'b'))).toBe('new F(b)')
  expect(at('f(a)', 'f(a)', (editor, it) => editor.setArgument(it, 3, 'b'))).toBeNull()
})

test('code is replaced with the parentheses that it needs, and keeps comments', () => {
  expect(at('f(!a)', 'a', (editor, it) => editor.replace(it, 'b || c'))).toBe('f(!(b || c))')
  expect(at('f(a)', 'a', (editor, it) => editor.replace(it, 'b || c'))).toBe('f(b || c)')
  expect(at('  f(a, /* why */ b);', 'f(a, /* why */ b)', (editor, it) => editor.replace(it, 'g()'))).toBe('  /* why */\n  g();')
  expect(at('f(a);\ng();', 'g();', (editor, it) => editor.replace(it, 'h()\ni()'))).toBe('f(a);\nh();\ni();')
  expect(at('f("a");', 'f("a")', (editor, it) => editor.wrap(it, "g('b', ", ')'))).toBe('g("b", f("a"));')
})

test('options that lose their last one are no longer given, and what is no argument stays an object', () => {
  const without = (code: string): string | null =>
    edited({ 'a.js': `${code}\n` }, (editor, { at }) => editor.removeOption(at('{ a: 1 }'), 'a'))
  expect(without('use(make({ a: 1 }))')).toBe('use(make())\n')
  expect(without('register(plugin, { a: 1 })')).toBe('register(plugin)\n')
  expect(without('use(\n  make({ a: 1 }),\n)')).toBe('use(\n  make(),\n)\n')
  expect(without('const options = { a: 1 }')).toBe('const options = {}\n')
  expect(without('make({ a: 1 }, next)')).toBe('make({}, next)\n')
})
