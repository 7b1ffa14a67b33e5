// package.json and the example of the environment.
import { expect, test } from 'vitest'
import { edited } from '../../testing/edited.js'

const source = "const app = require('express')()\n"

function depend(json: string, names: readonly string[], file = 'src/a.js', folder = ''): string | null {
  const name = `${folder}package.json`
  return edited(
    { [file]: source, [name]: json },
    (editor) => {
      for (const each of names) editor.addDependency(file, each, '^1.0.0')
    },
    name,
  )
}

test('a dependency is sorted in where the others are sorted', () => {
  const json = '{\n    "name": "a",\n    "dependencies": {\n        "cors": "1",\n        "express": "5"\n    }\n}\n'
  expect(depend(json, ['helmet', 'body', 'zod', 'debug'])).toBe(
    '{\n    "name": "a",\n    "dependencies": {\n        "body": "^1.0.0",\n        "cors": "1",\n        "debug": "^1.0.0",\n        "express": "5",\n        "helmet": "^1.0.0",\n        "zod": "^1.0.0"\n    }\n}\n',
  )
  expect(depend(json.replace('"cors"', '"z"'), ['helmet'])).toContain('"express": "5",\n        "helmet": "^1.0.0"\n')
})

test('a dependency that is there is left alone, and a section is made when missing', () => {
  expect(depend('{ "dependencies": { "helmet": "2" } }', ['helmet'])).toBeNull()
  expect(depend('{\n  "name": "a"\n}\n', ['helmet'])).toBe('{\n  "name": "a",\n  "dependencies": {\n    "helmet": "^1.0.0"\n  }\n}\n')
  expect(depend('{\n  "dependencies": {}\n}\n', ['helmet'])).toBe('{\n  "dependencies": {\n    "helmet": "^1.0.0"\n  }\n}\n')
})

test('TypeScript gets the types of packages that bring none', () => {
  expect(depend('{\n  "dependencies": {\n    "express": "5"\n  }\n}\n', ['cors'], 'a.ts')).toMatch(
    /"dependencies": \{\n {4}"cors": "\^1\.0\.0",\n {4}"express": "5"\n {2}\},\n {2}"devDependencies": \{\n {4}"@types\/cors": "\^[\d.]+"\n {2}\}/,
  )
})

test('the nearest package.json is changed', () => {
  expect(depend('{ "dependencies": { "express": "5" } }', ['helmet'], 'api/src/a.js', 'api/')).toContain('"helmet"')
})

test('a variable is added to the example of the environment once', () => {
  const texts = { 'a.js': source, 'package.json': '{}', '.env.example': 'PORT=1' }
  const add = (name: string): string | null =>
    edited(texts, (editor) => editor.addEnvironmentExample('a.js', name, 'Where it comes from.'), '.env.example')
  expect(add('ALLOWED_ORIGINS')).toBe('PORT=1\n# Where it comes from.\nALLOWED_ORIGINS=\n')
  expect(add('PORT')).toBeNull()
})
