// Functions that call themselves, and what is done again and again.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'

const START = `
  //- /app.js
  const express = require('express')
  const app = express()
`
const END = `
  app.listen(3000)
`

const pathsOf = (text: string): readonly string[] =>
  modelOf(START + text + END).apps.flatMap(({ scope }) => scope.entries.flatMap(({ path }) => (path === null ? [] : [String(path)])))

test('a function that goes down a tree that is known is entered for each of its parts', () => {
  expect(
    pathsOf(`
      const tree = { path: '/a', inner: [{ path: '/b', inner: [{ path: '/c', inner: [] }] }] }
      const mount = (node) => { app.get(node.path, (req, res) => res.end()); node.inner.forEach(mount) }
      mount(tree)
    `),
  ).toHaveLength(3)
})

test('parts that lead back to their whole are followed a few times, whatever is said of the way', () => {
  const names = [...'abcdefgh']
  const paths = pathsOf(`
    ${names.map((name) => `const ${name} = { path: '/${name}', uses: [] }`).join('\n')}
    ${names.map((name) => `${name}.uses.push(${names.filter((other) => other !== name).join(', ')})`).join('\n')}
    const mount = (node, prefix) => { app.get(prefix + node.path, (req, res) => res.end()); node.uses.forEach((one) => mount(one, prefix + node.path)) }
    if (process.env.MODULES) mount(a, '')
  `)
  expect(paths).toContain('/a/b/c')
  expect(paths.length).toBeLessThan(100)
})

test('a parser of a text that is not known takes no start to its end', () => {
  const levels = [...Array(16).keys()]
  const { routes } = modelOf(`${START}
    const tokens = process.env.RULE.split(' ')
    let place = 0
    const peek = () => tokens[place], take = () => tokens[place++]
    ${levels.map((level) => `function p${level}() { let left = p${level + 1}(); while (peek() === '${level}') { take(); left = [left, p${level + 1}()] } return left }`).join('\n')}
    function p16() { if (peek() === '(') { take(); const inner = p0(); take(); return inner } return take() }
    app.locals.rule = p0()
    app.get('/', (req, res) => res.json([]))
    ${END}`)
  expect(routes.map(({ path }) => path)).toEqual(['/'])
})

test('nodes that register themselves are as many as there are, also under a condition', () => {
  const paths = pathsOf(`
    class Node {
      constructor(path, inner) { this.path = path; this.inner = inner }
      mount() { app.get(this.path, (req, res) => res.end()); for (const one of this.inner) one.mount() }
    }
    const leaves = '${[...Array(150).keys()].join(' ')}'.split(' ').map((name) => new Node('/' + name, []))
    const root = new Node('/root', leaves)
    if (process.env.TREE) root.mount()
  `)
  expect(paths).toHaveLength(151)
})

test('a chain that counts its layers by itself goes on', () => {
  expect(
    pathsOf(`
      const paths = ['/a', '/b', '/c']
      let index = 0
      function next() { if (index < paths.length) { app.get(paths[index++], (req, res) => res.end()); next() } }
      next()
    `),
  ).toHaveLength(3)
})

test('a function that calls itself with what is not known runs once, however often it does so', () => {
  const { calls } = modelOf(`${START}
    const typeOf = (name) => {
      console.log('asked')
      if (name.endsWith('[]')) return typeOf(name.slice(2)) + '[]'
      if (name.startsWith('_')) return typeOf(name.slice(1))
      return name
    }
    typeOf(process.argv[2].trim())
    ${END}`)
  expect(calls.filter(({ callee }) => callee.kind === 'member' && callee.name === 'log')).toHaveLength(1)
})

test('what an interval does is no part of the start', () => {
  const { calls } = modelOf(`${START}
    setTimeout(() => fetch('https://example.com/once'), 1000)
    setInterval(async () => { await fetch('https://example.com/always') }, 1000)
    ${END}`)
  const phases = calls.filter(({ callee }) => callee.kind === 'global' && callee.name === 'fetch').map(({ phase }) => phase)
  expect(phases).toEqual(['boot', 'callback'])
})
