// Statements: added and removed on their own lines, in the style of the file.
import { expect, test } from 'vitest'
import { edited } from '../../testing/edited.js'

const lines = (...text: string[]): string => `${text.join('\n')}\n`

test('a statement is added after another, with the indentation and semicolons of the file', () => {
  const before = lines('function start() {', '\tconst app = make();', '\tapp.listen();', '}')
  const after = edited({ 'a.js': before }, (editor, { at }) =>
    editor.insertAfter(at('make()'), "app.use(limit({\n  max: 5,\n}))\napp.set('a', 1)"),
  )
  expect(after).toBe(
    lines(
      'function start() {',
      '\tconst app = make();',
      '\tapp.use(limit({',
      '\t\tmax: 5,',
      '\t}));',
      "\tapp.set('a', 1);",
      '\tapp.listen();',
      '}',
    ),
  )
})

test('a comment at the end of the line stays with its statement', () => {
  const after = edited({ 'a.js': lines('const app = make() // the app', 'go()') }, (editor, { at }) =>
    editor.insertAfter(at('make()'), 'app.use(a)'),
  )
  expect(after).toBe(lines('const app = make() // the app', 'app.use(a)', 'go()'))
})

test('comments right above a statement stay with it, and what heads the file or stands apart does not', () => {
  const insert = (...text: string[]): string =>
    edited({ 'a.js': lines(...text) }, (editor, { at }) => editor.insertBefore(at('go()'), 'one()')) ?? ''
  expect(insert('a()', '// why', '// eslint-disable-next-line no-go', 'go()')).toBe(
    lines('a()', 'one()', '// why', '// eslint-disable-next-line no-go', 'go()'),
  )
  expect(insert('if (x) {', '  /* why', '     so */', '  go()', '}')).toBe(
    lines('if (x) {', '  one()', '  /* why', '     so */', '  go()', '}'),
  )
  expect(insert('a()', '// apart', '', 'go()')).toBe(lines('a()', '// apart', '', 'one()', 'go()'))
  expect(insert('a()', '', '/** why */', '', 'go()')).toBe(lines('a()', '', 'one()', '/** why */', '', 'go()'))
  expect(insert('/** Licence. */', '', 'go()')).toBe(lines('/** Licence. */', '', 'one()', 'go()'))
  expect(insert('a() // of a', 'go()')).toBe(lines('a() // of a', 'one()', 'go()'))
  expect(insert('// Licence.', 'go()')).toBe(lines('// Licence.', 'one()', 'go()'))
  expect(insert('// eslint-disable-next-line no-go', 'go()')).toBe(lines('one()', '// eslint-disable-next-line no-go', 'go()'))
})

test('what stands before an exported class stands before its decorators too', () => {
  const after = edited({ 'a.ts': lines('go()', '', '// why', '@Served({ a: 1 })', 'export class A {}') }, (editor, { at }) =>
    editor.insertBefore(at('{ a: 1 }'), 'const a = 1'),
  )
  expect(after).toBe(lines('go()', '', 'const a = 1', '// why', '@Served({ a: 1 })', 'export class A {}'))
})

test('quotes follow the majority, also around an apostrophe', () => {
  const after = edited({ 'a.js': lines('const a = "x"', 'go("y")') }, (editor, { at }) =>
    editor.insertAfter(at('"x"'), "log('it\\'s', 'a')"),
  )
  expect(after).toBe(lines('const a = "x"', 'log("it\'s", "a")', 'go("y")'))
})

test('a file without trailing commas gets none', () => {
  const text = lines('f({', '  a: 1', '})')
  const after = edited({ 'a.js': text }, (editor) => editor.append('a.js', 'g({\n  a: [\n    1,\n  ],\n})'))
  expect(after).toBe(`${text}\n${lines('g({', '  a: [', '    1', '  ]', '})')}`)
})

test('line ends stay as they are', () => {
  const after = edited({ 'a.js': 'a()\r\nb()\r\n' }, (editor, { at }) => editor.insertBefore(at('b()'), 'one()\ntwo()'))
  expect(after).toBe('a()\r\none()\r\ntwo()\r\nb()\r\n')
})

test('a template literal keeps its lines', () => {
  const after = edited({ 'a.js': lines('if (x) {', '  a()', '}') }, (editor, { at }) => editor.insertAfter(at('a()'), 'b(`one\n  two`)'))
  expect(after).toBe(lines('if (x) {', '  a()', '  b(`one', '  two`)', '}'))
})

test('a block on one line stays on one line', () => {
  const text = lines('const f = (err, res) => { res.send(err.stack) }')
  expect(edited({ 'a.js': text }, (editor, { at }) => editor.insertBefore(at('res.send(err.stack)'), 'log(err)'))).toBe(
    lines('const f = (err, res) => { log(err); res.send(err.stack) }'),
  )
  expect(edited({ 'a.js': text }, (editor, { at }) => editor.insertAfter(at('res.send(err.stack)'), 'log(err)'))).toBe(
    lines('const f = (err, res) => { res.send(err.stack); log(err) }'),
  )
})

test('a statement without braces gets them', () => {
  const text = lines('function f() {', '  if (x) a();', '  else', '    b();', '}')
  expect(edited({ 'a.js': text }, (editor, { at }) => editor.insertBefore(at('a()'), 'c()'))).toBe(
    lines('function f() {', '  if (x) {', '    c();', '    a();', '  }', '  else', '    b();', '}'),
  )
  expect(edited({ 'a.js': text }, (editor, { at }) => editor.insertAfter(at('b()'), 'c()'))).toBe(
    lines('function f() {', '  if (x) a();', '  else {', '    b();', '    c();', '  }', '}'),
  )
})

test('an arrow function that returns an expression gets a body', () => {
  const text = lines('run().catch(err => res.json(err))')
  expect(edited({ 'a.js': text }, (editor, { at }) => editor.insertBefore(at('res.json(err)'), 'log(err)'))).toBe(
    lines('run().catch(err => {', '  log(err)', '  return res.json(err)', '})'),
  )
  expect(edited({ 'a.js': text }, (editor, { at }) => editor.insertAfter(at('res.json(err)'), 'log(err)'))).toBeNull()
})

test('nothing is added after a return', () => {
  expect(
    edited({ 'a.js': lines('function f() {', '  return a()', '}') }, (editor, { at }) => editor.insertAfter(at('a()'), 'b()')),
  ).toBeNull()
})

test('a statement that starts with a bracket does not continue the line before', () => {
  const after = edited({ 'a.js': lines('a()', 'b()') }, (editor, { at }) => editor.insertAfter(at('a()'), '[1].forEach(b)'))
  expect(after).toBe(lines('a()', ';[1].forEach(b)', 'b()'))
  const commented = (code: string): string | null =>
    edited({ 'a.js': lines('a()', 'b()') }, (editor, { at }) => editor.insertAfter(at('a()'), `// Why.\n${code}`))
  expect(commented('[1].forEach(b)')).toBe(lines('a()', '// Why.', ';[1].forEach(b)', 'b()'))
  expect(commented('c()')).toBe(lines('a()', '// Why.', 'c()', 'b()'))
  const guarded = edited({ 'a.js': lines('a();', '[1].forEach(b)', 'd()', 'e()') }, (editor, { at }) =>
    editor.insertAfter(at('a()'), 'c()'),
  )
  expect(guarded).toBe(lines('a();', 'c();', '[1].forEach(b)', 'd()', 'e()'))
})

test('a statement in a case is added to the case', () => {
  const text = lines('switch (x) {', '  case 1:', '    a()', '    break', '}')
  expect(edited({ 'a.js': text }, (editor, { at }) => editor.insertAfter(at('a()'), 'b()'))).toBe(
    lines('switch (x) {', '  case 1:', '    a()', '    b()', '    break', '}'),
  )
})

test('a removed statement takes its line, and comments stay', () => {
  const text = lines(
    'a()',
    '',
    '// about b',
    'b(1, /* why */ 2)',
    '',
    'console.log(1) // kept',
    'if (x.y !== 1) console.log(2)',
    'if (ask()) console.log(3)',
    'c()',
  )
  const remove = (code: string): string | null => edited({ 'a.js': text }, (editor, { at }) => editor.removeStatement(at(code)))
  expect(remove('c()')).toBe(text.replace('c()\n', ''))
  expect(remove('console.log(1)')).toBe(text.replace('console.log(1) ', ''))
  expect(remove('console.log(2)')).toBe(text.replace('if (x.y !== 1) console.log(2)\n', ''))
  expect(remove('console.log(3)')).toBe(text.replace('console.log(3)', '{}'))
  expect(remove('b(1, /* why */ 2)')).toBe(text.replace('b(1, /* why */ 2)', '/* why */'))
  expect(remove('a()')).toBe(text.replace('a()\n\n', ''))
})

test('a promise callback that only logs becomes empty', () => {
  const after = edited({ 'a.js': lines('run(() => console.log(1))') }, (editor, { at }) => editor.removeStatement(at('console.log(1)')))
  expect(after).toBe(lines('run(() => {})'))
})

test('statements at the end stand apart, and the file ends as it did', () => {
  expect(edited({ 'a.js': 'a();' }, (editor) => editor.append('a.js', 'b()'))).toBe('a();\n\nb();\n')
  expect(edited({ 'a.js': 'a()\n' }, (editor) => editor.append('a.js', 'b()'))).toBe('a()\n\nb()\n')
})

test('a text in the hole of a template is written as text', () => {
  const put = (text: string, code: string): string | null => edited({ 'a.js': text }, (editor, { at }) => editor.replace(at('token'), code))
  expect(put('log(`a ${token} b`)\n', "'[x]'")).toBe('log(`a [x] b`)\n')
  expect(put('log(`${token}`)\n', "'[x]'")).toBe('log(`[x]`)\n')
  expect(put('log(`${ token }`)\n', "'[x]'")).toBe("log(`${ '[x]' }`)\n")
  expect(put('log(`${token}`)\n', "'`'")).toBe("log(`${'`'}`)\n")
  expect(put('log(`${token}`)\n', 'name')).toBe('log(`${name}`)\n')
  expect(put('sql`${token}`\n', "'[x]'")).toBe("sql`${'[x]'}`\n")
})

test('parentheses stand where the code around binds more tightly, and nowhere else', () => {
  const put = (text: string, code: string): string | null => edited({ 'a.js': text }, (editor, { at }) => editor.replace(at('same'), code))
  expect(put('if (!user || same) a()\n', '!equal(b, c)')).toBe('if (!user || !equal(b, c)) a()\n')
  expect(put('x = same ? 1 : 2\n', '!equal(b, c)')).toBe('x = !equal(b, c) ? 1 : 2\n')
  expect(put('if (!same) a()\n', 'b || c')).toBe('if (!(b || c)) a()\n')
  expect(put('same.then()\n', '!b')).toBe('(!b).then()\n')
})

test('two verbs that touch the same code are refused', () => {
  const after = edited({ 'a.js': lines('a(b)') }, (editor, { at }) => {
    editor.replace(at('b'), 'c')
    editor.removeStatement(at('a(b)'))
  })
  expect(after).toBeNull()
})

test('code that moves into other code keeps its shape, in the steps of the file', () => {
  const text = "function f() {\n\tif (a) {\n\t\tlog('it', {\n\t\t\tb: 1,\n\t\t\tc: `\n\t\t\tas it is`,\n\t\t})\n\t}\n}\n"
  const moved = edited({ 'a.js': text }, (editor, { at }) => {
    const call = at(text.slice(text.indexOf('log('), text.indexOf('})') + 2))
    editor.replace(call, editor.text(call).replace('log(', 'logger.info('))
  })
  expect(moved).toBe(text.replace('log(', 'logger.info('))
})

test('a property is written in the quotes of the file', () => {
  const text = 'const a = f({ one: "1", two: true })\n'
  expect(edited({ 'a.js': text }, (editor, { at }) => editor.replace(at('two: true'), "two: ['x', 'y']"))).toBe(
    text.replace('two: true', 'two: ["x", "y"]'),
  )
})

test('a file whose blocks are not indented gets blocks that are not', () => {
  const after = edited(
    { 'a.js': lines('function start() {', 'const app = make()', 'app.listen()', '}', 'if (a) {', 'b()', '}') },
    (editor, { at }) => editor.insertAfter(at('make()'), 'if (x) {\n  go()\n}'),
  )
  expect(after).toBe(
    lines('function start() {', 'const app = make()', 'if (x) {', 'go()', '}', 'app.listen()', '}', 'if (a) {', 'b()', '}'),
  )
})
