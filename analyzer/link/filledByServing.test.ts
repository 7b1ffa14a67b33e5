// Lists that the start leaves empty are filled by requests: what handlers find in them is not known, and no absence.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'

/** The kind of what the handler logs. */
function logged(code: string, before = 'const users = []'): string {
  const model = modelOf(`
//- /package.json
{ "name": "a", "main": "a.js", "dependencies": { "express": "5" } }
//- /a.js
const app = require('express')()
${before}
app.post('/users', (req, res) => {
  users.push(req.body)
  res.end()
})
app.post('/login', (req, res) => {
  ${code}
  res.end()
})
app.listen(1)
`)
  const call = model.calls.find(({ callee }) => callee.kind === 'member' && callee.name === 'log')
  const [value] = call?.args ?? []
  return value === undefined ? 'not reached' : value.kind === 'literal' ? `literal ${String(value.value)}` : 'not known'
}

test.each([
  'console.log(users.find((one) => one.email === req.body.email))',
  'console.log(users[0])',
  'console.log(users.length)',
  'console.log(users.at(-1))',
  'console.log(users.some((one) => one.email === req.body.email))',
  'console.log(users.includes(req.body.email))',
  'for (const one of users) console.log(one)',
  'users.forEach((one) => console.log(one))',
])('%s', (code) => {
  expect(logged(code)).toBe('not known')
})

test('a list of the handler itself, and one that the start filled, are known', () => {
  expect(logged('const own = []\n  console.log(own.length)')).toBe('literal 0')
  expect(logged('console.log(users.length)', "const users = ['a']")).toBe('literal 1')
  expect(logged("console.log(users.includes('b'))", "const users = ['a']")).toBe('literal false')
})

test('what a service keeps in a field is found by its other methods', () => {
  const model = modelOf(`
//- /package.json
{ "name": "a", "main": "a.js", "dependencies": { "express": "5" } }
//- /a.js
const express = require('express')
class Users {
  list = []
  login(email) {
    const user = this.list.find((one) => one.email === email)
    if (!user) throw new Error('no')
    return { token: user.token }
  }
}
const users = new Users()
const app = express()
app.post('/login', (req, res) => {
  const found = users.login(req.body.email)
  res.cookie('token', found.token)
  res.end()
})
app.listen(1)
`)
  const cookie = model.calls.find(({ callee }) => callee.kind === 'member' && callee.name === 'cookie')
  expect(cookie?.args[1]?.kind).toBe('member')
})
